import type { PersonName } from './people.js';
import { type Asked, ask, type AuditRow, audited, seen } from './wall-http.js';
import { type Outsider, requests, UNKNOWN } from './wall-walk.js';
import type { TestWeb } from './web.js';

/** Requests at once: more than one, so that it goes fast; fewer than would wait for a connection. */
const AT_ONCE = 12;

/** What one person gets by some requests about one id: answers as they are, and the lines in the log with the id called `as sent`. */
async function got(web: TestWeb, who: PersonName, some: readonly Asked[], id: string): Promise<{ readonly answers: readonly string[]; readonly log: readonly string[] }> {
  const { result, rows } = await audited(web, async () => {
    const replies: string[] = [];
    for (let at = 0; at < some.length; at += AT_ONCE) {
      replies.push(...(await Promise.all(some.slice(at, at + AT_ONCE).map(async (one) => JSON.stringify(seen(await ask(web, who, one)))))));
    }
    return replies;
  });
  const line = (row: AuditRow) => JSON.stringify({ ...row, case_ref: row.case_ref === id ? 'as sent' : row.case_ref });
  return { answers: result, log: rows.map(line).sort() };
}

/** What tells the one id from the other for this person; nothing when all is well. The same requests, in the same order, about each. */
export async function told(web: TestWeb, who: PersonName, requestsFor: (id: string) => readonly Asked[], id: string): Promise<readonly string[]> {
  const asked = requestsFor(id);
  const here = await got(web, who, asked, id);
  const nowhere = await got(web, who, requestsFor(UNKNOWN), UNKNOWN);
  const differing = asked.filter((_, index) => here.answers[index] !== nowhere.answers[index]);
  const said = differing.map(({ method, url, body }) => `${who} ${method} ${url} ${JSON.stringify(body ?? '').slice(0, 60)}`);
  const lines = (of: readonly string[], but: readonly string[]) => of.filter((line) => !but.includes(line)).join(' ');
  return here.log.join() === nowhere.log.join() ? said : [...said, `${who} log: ${lines(here.log, nowhere.log)} but ${lines(nowhere.log, here.log)}`];
}

/** What tells outsiders from people of a case that is not there: every route with an id, every request that the walk knows. */
export async function toldToOutsiders(web: TestWeb, outsiders: readonly Outsider[]): Promise<{ readonly differences: readonly string[]; readonly compared: number }> {
  const withId = web.routes.filter((route) => route.path.includes(':'));
  const differences: string[] = [];
  let compared = 0;
  for (const { what, who, id, but } of outsiders) {
    const asked = (one: string) => withId.flatMap((route) => requests(route, one)).filter(({ url }) => but === undefined || !url.endsWith(but));
    differences.push(...(await told(web, who, asked, id)).map((one) => `${what}: ${one}`));
    compared += asked(id).length;
  }
  return { differences, compared };
}
