/** What `openCase` answers in these tests, in place of the database: set before a page is drawn. */
export const door: { opens: ((kinds?: readonly string[], entries?: number) => unknown) | undefined } = { opens: undefined };
