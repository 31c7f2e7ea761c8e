/* How far a job is, without reloading the whole page. */
(() => {
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { credentials: 'same-origin' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const now = page.getElementById('progress');
      if (answer.ok && now) {
        document.getElementById('progress').replaceWith(now);
        if (now.dataset.over === 'yes') return;
      }
    } catch (error) { /* the server may be back the next time */ }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
})();
