/**
 * Keyboard shortcuts, which can be turned off (WCAG 2.1.4). Where they lead is read from the menu. Only whether they are on is kept
 * in the browser.
 */

import { button, element } from './element.js';
import { isScreened } from './privacy-screen.js';

const KEPT = 'udvej-genveje';
const SEQUENCE_WITHIN = 1_200;

const areOn = () => {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
};

const turn = (on) => {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch {
    // Then they stay as they are for this page.
  }
};

/** The key sequence after one more key: `g` waits for the next, all else stands alone. */
export const sequenceAfter = (before, key) => (before === 'g' ? `g ${key}` : key);

const isTyping = (target) => target instanceof Element && target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]') !== null;

const links = () => new Map([...document.querySelectorAll('[data-shortcut]')].map((link) => [link.dataset.shortcut, link]));

const search = () => [...document.querySelectorAll('[data-search]')].find((field) => field.checkVisibility());

const row = (keys, what) => element('tr', {}, element('th', { scope: 'row' }, ...keys.split(' ').flatMap((key) => [element('kbd', {}, key), ' '])), element('td', {}, what));

const buildHelp = () => {
  const toggle = element('input', { type: 'checkbox', class: 'form-checkbox', id: 'genveje-til' });
  toggle.addEventListener('change', () => turn(toggle.checked));
  const table = element('table', { class: 'table table--compact' }, element('caption', { class: 'sr-only' }, 'Genvejstaster'), element('tbody', {}));
  const rows = [...links()].map(([keys, link]) => row(keys, link.textContent.trim()));
  if (search()) rows.push(row('/', 'Søg i mine sager'));
  table.tBodies[0].append(...rows, row('?', 'Vis genvejstasterne'), row('Alt Shift S', 'Skjul alt på skærmen (virker altid)'));
  const dialog = element(
    'dialog',
    { class: 'notice', 'aria-labelledby': 'genveje-titel' },
    element('h2', { id: 'genveje-titel' }, 'Genvejstaster'),
    table,
    element('div', { class: 'form-group-checkbox' }, toggle, element('label', { class: 'form-label', for: 'genveje-til' }, 'Brug genvejstaster i denne browser')),
    element('div', { class: 'tools' }, button('Luk', 'secondary', () => dialog.close())),
  );
  document.body.append(dialog);
  return () => {
    if (isScreened() || dialog.open) return;
    toggle.checked = areOn();
    dialog.showModal();
  };
};

export const offerShortcuts = () => {
  const help = buildHelp();
  let sequence = '';
  let pressedAt = 0;

  const acts = (keys) => {
    const link = links().get(keys);
    if (link) return () => link.click();
    if (keys === '/') return () => search()?.focus();
    return keys === '?' ? help : undefined;
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (!areOn() || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const now = Date.now();
    sequence = sequenceAfter(now - pressedAt < SEQUENCE_WITHIN ? sequence : '', event.key.toLowerCase());
    pressedAt = now;
    const act = acts(sequence);
    if (!act) return;
    event.preventDefault();
    sequence = '';
    act();
  });
  for (const link of document.querySelectorAll('[data-shortcut-help]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      help();
    });
  }
};
