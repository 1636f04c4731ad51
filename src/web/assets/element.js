/**
 * Builds an element out of text and other elements; texts stay texts.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(string | Node)[]} children
 */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** A button in a dialog; `act` runs when it is pressed. */
export const button = (label, kind, act) => {
  const made = element('button', { type: 'button', class: `button button-${kind}` }, label);
  made.addEventListener('click', act);
  return made;
};
