/* Selected words of the text become the characters of a field. Offsets count code points, as the ledger does. */
(() => {
  const form = document.querySelector('[data-correct]');
  const article = document.querySelector('.pick');
  document.querySelectorAll('[data-buttons], [data-hint]').forEach((element) => { element.hidden = false; });
  const runs = [...article.querySelectorAll('[data-at]')];
  const points = (text) => [...text].length;
  const stretches = (range) => {
    const found = [];
    for (const run of runs) {
      if (!range.intersectsNode(run)) continue;
      const inside = document.createRange();
      inside.selectNodeContents(run);
      if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) inside.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
      const before = document.createRange();
      before.selectNodeContents(run);
      before.setEnd(inside.startContainer, inside.startOffset);
      const start = Number(run.dataset.at) + points(before.toString());
      const text = inside.toString();
      if (!text) continue;
      const last = found[found.length - 1];
      if (last && last.end === start) { last.end = start + points(text); last.text += text; }
      else found.push({ start, end: start + points(text), text });
    }
    return found.map((piece) => {
      const left = piece.text.length - piece.text.trimStart().length, right = piece.text.length - piece.text.trimEnd().length;
      return { start: piece.start + left, end: piece.end - right, text: piece.text.trim() };
    }).filter((piece) => piece.end > piece.start);
  };
  let held = [];
  document.addEventListener('selectionchange', () => {
    const selection = getSelection();
    if (selection.rangeCount && !selection.isCollapsed && article.contains(selection.getRangeAt(0).commonAncestorContainer)) held = stretches(selection.getRangeAt(0));
  });
  form.addEventListener('click', (event) => {
    const name = event.target.dataset.use || event.target.dataset.more;
    if (!name || !held.length) return;
    const field = form.elements[name], words = form.querySelector(`[data-words="${name}"]`);
    const spans = held.map((piece) => `${piece.start}-${piece.end}`).join(', ');
    const text = held.map((piece) => piece.text).join(' … ');
    const more = event.target.dataset.more && field.value.trim();
    field.value = more ? `${field.value}, ${spans}` : spans;
    words.textContent = more ? `${words.textContent} … ${text}` : text;
  });
})();
