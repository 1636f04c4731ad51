/**
 * The server ends a session after 15 minutes without a request. Who types without sending is there all the same: the session is kept
 * alive while something is typed. After 13 quiet minutes a warning says what will be kept; at 15 the page is left, and with it what it shows.
 */

import { button, element } from './element.js';
import { forgetScreen, isScreened } from './privacy-screen.js';

const MINUTE = 60_000;
const WARN_AFTER = 13 * MINUTE;
const LEAVE_AFTER = 15 * MINUTE;
const KEEP_ALIVE_EVERY = 4 * MINUTE;
const LOOK_EVERY = 5_000;

/** What to do after so many milliseconds without a request. */
export const stageAt = (quiet) => (quiet >= LEAVE_AFTER ? 'leave' : quiet >= WARN_AFTER ? 'warn' : 'rest');

let lastRequest = Date.now();
let asking = false;
let dialog;

const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('udvej') : undefined;

const hasUnsentText = () =>
  [...document.querySelectorAll('main input, main textarea, main select')].some((field) =>
    field instanceof HTMLSelectElement
      ? [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0
      : ['radio', 'checkbox'].includes(field.type)
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue,
  );

const whatIsKept = () =>
  hasUnsentText()
    ? 'Alt, hvad du har sendt, er gemt. Det, du har skrevet på denne side og ikke sendt endnu, går tabt, hvis du ikke fortsætter.'
    : 'Alt, hvad du har sendt, er gemt. Du har ikke noget på denne side, der går tabt.';

const leave = () => {
  // The page must not stay in sight, nor in the Back button's memory, once the session is over.
  forgetScreen();
  document.body.replaceChildren();
  window.location.replace('/');
};

const stillHere = () => {
  lastRequest = Date.now();
  if (dialog.open) dialog.close();
};

const keepAlive = async () => {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(document.body.dataset.keepAlive, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _csrf: document.body.dataset.csrf ?? '' }),
      redirect: 'error',
    });
    if (!answer.ok) throw new Error('refused');
    stillHere();
    otherTabs?.postMessage('still here');
  } catch {
    if (dialog.open) dialog.querySelector('[data-trouble]').textContent = 'Det lykkedes ikke at fortsætte. Prøv igen, eller kopiér det, du har skrevet.';
  } finally {
    asking = false;
  }
};

const build = () => {
  const made = element(
    'dialog',
    { class: 'notice', role: 'alertdialog', 'aria-labelledby': 'ledig-titel', 'aria-describedby': 'ledig-tekst' },
    element('h2', { id: 'ledig-titel' }, 'Er du her stadig?'),
    element('p', { id: 'ledig-tekst' }),
    element('p', { 'data-trouble': '', role: 'status' }),
    element('div', { class: 'tools' }, button('Ja, fortsæt', 'primary', keepAlive)),
  );
  made.addEventListener('cancel', (event) => {
    event.preventDefault();
    void keepAlive();
  });
  document.body.append(made);
  return made;
};

const warn = () => {
  // Behind the privacy screen a warning would be another thing to see.
  if (dialog.open || isScreened()) return;
  dialog.querySelector('#ledig-tekst').textContent = `Du bliver logget ud om to minutter, fordi der ikke er sket noget. ${whatIsKept()}`;
  dialog.querySelector('[data-trouble]').textContent = '';
  dialog.showModal();
};

const look = () => {
  const stage = stageAt(Date.now() - lastRequest);
  if (stage === 'leave') leave();
  else if (stage === 'warn' && dialog) warn();
};

/** A sleeping laptop stops timers: looks at once when the page comes back. */
const lookNowAndThen = () => {
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pageshow', look);
  setInterval(look, LOOK_EVERY);
};

export const watchIdleness = () => {
  if (document.body.dataset.leaves !== undefined) {
    // No session is kept alive here: whoever moves is there.
    for (const sign of ['pointerdown', 'keydown', 'scroll']) {
      document.addEventListener(sign, () => {
        lastRequest = Date.now();
      });
    }
    lookNowAndThen();
  }
  if (document.body.dataset.keepAlive === undefined) return;
  dialog = build();
  otherTabs?.postMessage('still here');
  otherTabs?.addEventListener('message', stillHere);
  document.addEventListener('input', () => {
    if (Date.now() - lastRequest > KEEP_ALIVE_EVERY) void keepAlive();
  });
  lookNowAndThen();
};
