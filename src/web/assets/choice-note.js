/** Says under a choice what follows from it as soon as it is made; the server says it with the page that comes back. */

export const sayWhatFollows = () => {
  for (const select of document.querySelectorAll('select[data-note-into]')) {
    const target = document.querySelector(select.dataset.noteInto);
    if (!target) continue;
    const say = () => {
      target.textContent = select.selectedOptions[0]?.dataset.note ?? '';
    };
    select.addEventListener('change', say);
    // Coming back with the Back button keeps the choice, not the line.
    window.addEventListener('pageshow', say);
  }
};
