/* j and k walk the rows of the first list, Enter opens, / goes to the search box, ? shows the keys. */
(() => {
  let at = -1;
  const rows = () => [...document.querySelectorAll('[data-rows] .row')];
  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    const focused = all.findIndex((row) => row.contains(document.activeElement));
    at = Math.max(0, Math.min(all.length - 1, (focused >= 0 ? focused : at) + step));
    all.forEach((row, i) => row.classList.toggle('here', i === at));
    const link = all[at].querySelector('a.go, a');
    if (link) link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: 'nearest' });
  };
  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const search = document.getElementById('search');
    const keys = document.querySelector('.keys');
    if (event.key === 'j') go(1);
    else if (event.key === 'k') go(-1);
    else if (event.key === '/' && search) { search.focus(); search.select(); }
    else if (event.key === '?' && keys) { keys.open = true; keys.scrollIntoView({ block: 'nearest' }); keys.querySelector('summary').focus(); }
    else return;
    event.preventDefault();
  });
})();
