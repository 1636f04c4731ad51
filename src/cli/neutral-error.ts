/** A line about an error that nobody foresaw, fit for the log: which kind, and where in our own code. Its message could hold what somebody typed. */
export function neutralError(error: unknown): string {
  if (!(error instanceof Error)) return 'error of no kind';
  const { code } = error as { code?: unknown };
  const place = /[/\\](?:src|dist)[/\\]([^\s)]+)/.exec(error.stack ?? '')?.[1];
  return ['error', error.name, ...(typeof code === 'string' ? [code] : []), ...(place === undefined ? [] : [place])].join(' ');
}
