/**
 * Searches while one types, after a pause of 400 ms. A field with `data-search-pause="#id"` posts its form (its own, or the button's
 * `formaction`) and takes the element of that id out of the page that comes back. The button does the same without this.
 */

const PAUSE = 400;
const SHORTEST = 2;

const resultsIn = (html, id) => new DOMParser().parseFromString(html, 'text/html').getElementById(id);

const ask = async (field, target, signal) => {
  const trigger = field.form.querySelector('button[data-search-button]');
  const answer = await fetch(trigger?.formAction ?? field.form.action, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(new FormData(field.form)),
    signal,
  });
  const found = answer.ok ? resultsIn(await answer.text(), target.id) : null;
  if (found) target.replaceChildren(...found.childNodes);
};

export const searchAfterPause = () => {
  for (const field of document.querySelectorAll('[data-search-pause]')) {
    const target = document.querySelector(field.dataset.searchPause);
    if (!target || !field.form) continue;
    let timer = 0;
    let under = new AbortController();
    field.addEventListener('input', () => {
      clearTimeout(timer);
      under.abort();
      if (field.value.trim().length < SHORTEST) {
        target.replaceChildren();
        return;
      }
      under = new AbortController();
      const { signal } = under;
      // A search that fails says nothing: the button is still there.
      timer = setTimeout(() => void ask(field, target, signal).catch(() => undefined), PAUSE);
    });
  }
};
