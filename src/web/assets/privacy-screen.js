/**
 * The privacy screen: one press on Skærm, or Alt+Shift+S, and nothing of the page is left to see, in the title neither. It stays
 * over reloads and the Back button of this tab; only on or off is remembered.
 */

import { button, element } from './element.js';

const REMEMBERED = 'udvej-skaerm';
const TITLE = 'Pause';

let titleBefore = '';
let screen;

const remember = (on) => {
  try {
    if (on) sessionStorage.setItem(REMEMBERED, 'on');
    else sessionStorage.removeItem(REMEMBERED);
  } catch {
    // A browser that refuses storage still blanks the page.
  }
};

const isRemembered = () => {
  try {
    return sessionStorage.getItem(REMEMBERED) === 'on';
  } catch {
    return false;
  }
};

export const isScreened = () => screen?.open === true;

/** For when the page is left for good: the next one does not begin blanked. */
export const forgetScreen = () => remember(false);

const uncover = () => {
  remember(false);
  document.documentElement.classList.remove('is-screened');
  document.title = titleBefore;
  screen.close();
};

const cover = () => {
  if (isScreened()) return;
  remember(true);
  titleBefore = document.title;
  document.title = TITLE;
  document.documentElement.classList.add('is-screened');
  screen.showModal();
};

const build = () => {
  const made = element('dialog', { class: 'screen', 'aria-label': TITLE }, element('h1', {}, TITLE), button('Fortsæt', 'secondary', uncover));
  // Escape is pressed too easily by somebody else.
  made.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(made);
  return made;
};

const isShortcut = (event) => event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey && event.code === 'KeyS';

export const offerPrivacyScreen = () => {
  const buttons = document.querySelectorAll('[data-privacy-screen]');
  if (buttons.length === 0) return;
  screen = build();
  for (const one of buttons) {
    one.setAttribute('role', 'button');
    one.addEventListener('click', (event) => {
      event.preventDefault();
      cover();
    });
    one.addEventListener('keydown', (event) => {
      if (event.key !== ' ') return;
      event.preventDefault();
      cover();
    });
  }
  document.addEventListener(
    'keydown',
    (event) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      if (isScreened()) uncover();
      else cover();
    },
    true,
  );
  if (isRemembered()) cover();
};
