/** Words that only a program says: none of them stands in a sentence for people. */
const ENGLISH = /\b(invalid|input|expected|received|option|must|required|string|number|boolean|array|object|null|undefined|unrecognized|too|error|bad|request|not|valid|the|syntax|exceeds|body)\b/i;

/** A sentence to a person: Danish, as far as a program can tell, and beginning like one. */
export const isDanish = (text: unknown): boolean => typeof text === 'string' && text.length >= 10 && !ENGLISH.test(text) && /^[A-ZÆØÅ“]/.test(text);

/** All that a problem document says to people: title, detail and the fields' own words. */
export const problemWords = (body: string): readonly unknown[] => {
  const { title, detail, errors = [] } = JSON.parse(body) as { title?: string; detail?: string; errors?: readonly { detail?: string }[] };
  return [title, detail, ...errors.map((one) => one.detail)];
};

/** All that a form says at its fields. */
export const fieldWords = (html: string): readonly string[] =>
  [...html.matchAll(/class="form-error-message"[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]+)/g)].map((match) => match[1] ?? '');
