(() => {
  const ledger = document.querySelector('.ledger');
  let shown = '';
  const each = (numbers, on) => {
    for (const number of numbers.split(' ').filter(Boolean))
      for (const element of document.getElementsByClassName('k' + number)) element.classList.toggle('on', on);
  };
  const show = (event) => {
    const at = event.target.closest ? event.target.closest('[data-k]') : null;
    const numbers = at ? at.dataset.k : '';
    if (numbers === shown) return;
    each(shown, false);
    each(numbers, true);
    shown = numbers;
    const entry = at && !ledger.contains(at) && document.getElementById('a' + numbers.split(' ')[0]);
    if (!entry || ledger.scrollHeight <= ledger.clientHeight) return;
    const box = ledger.getBoundingClientRect(), row = entry.getBoundingClientRect();
    if (row.top < box.top) ledger.scrollTop += row.top - box.top - 8;
    else if (row.bottom > box.bottom) ledger.scrollTop += row.bottom - box.bottom + 8;
  };
  document.addEventListener('mouseover', show);
  document.addEventListener('focusin', show);
})();
