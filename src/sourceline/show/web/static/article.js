/* Pointing at an attribution in the text shows its entry in the list, and the other way round. */
(() => {
  const list = document.querySelector('.ledger');
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
    if (!at || list.contains(at) || list.scrollHeight <= list.clientHeight) return;
    const entry = list.querySelector(`[data-entry="${numbers.split(' ')[0]}"]`);
    if (!entry) return;
    const box = list.getBoundingClientRect(), row = entry.getBoundingClientRect();
    if (row.top < box.top) list.scrollTop += row.top - box.top - 8;
    else if (row.bottom > box.bottom) list.scrollTop += row.bottom - box.bottom + 8;
  };
  document.addEventListener('mouseover', show);
  document.addEventListener('focusin', show);
  const open = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let element = target; element; element = element.parentElement)
      if (element.tagName === 'DETAILS') element.open = true;
    if (target) target.scrollIntoView({ block: 'center' });
  };
  addEventListener('hashchange', open);
  open();
})();
