/** A form is sent once, however often the button is pressed; the server's idempotency key is what makes it safe, this makes it calm. */

const SENDING = 'is-sending';

const letGo = (form) => {
  form.classList.remove(SENDING);
  for (const pressed of form.querySelectorAll('button[aria-busy]')) pressed.removeAttribute('aria-busy');
};

export const guardForms = () => {
  for (const form of document.querySelectorAll('form[data-guard]')) {
    form.addEventListener('submit', (event) => {
      if (form.classList.contains(SENDING)) {
        event.preventDefault();
        return;
      }
      form.classList.add(SENDING);
      event.submitter?.setAttribute('aria-busy', 'true');
    });
  }
  // Coming back with the Back button shows the page as it was left: let it be sent again.
  window.addEventListener('pageshow', () => document.querySelectorAll(`form.${SENDING}`).forEach(letGo));
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[aria-disabled="true"]')) event.preventDefault();
  });
};
