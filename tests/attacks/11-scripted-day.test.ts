import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxCase, seats, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { type Asked, ask, audited, type AuditRow, counted } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

const isWhat = (rows: readonly AuditRow[], leaves: Step['leaves']): boolean =>
  leaves === 'denied'
    ? rows.length === 1 && rows.every((row) => row.action.endsWith('.denied'))
    : JSON.stringify(Object.entries(counted(rows)).sort()) === JSON.stringify(Object.entries(leaves).sort());

interface Step {
  readonly what: string;
  readonly who: PersonName;
  readonly asks: (id: string) => Asked;
  readonly status: number;
  /** Exactly these rows, no more and no fewer; `denied` is one row that says so, whatever was refused. */
  readonly leaves: Readonly<Record<string, number>> | 'denied';
}
const get = (url: (id: string) => string) => (id: string): Asked => ({ method: 'GET', url: url(id) });
const post = (url: (id: string) => string, body: Readonly<Record<string, string>> = {}) => (id: string): Asked => ({ method: 'POST', url: url(id), body });
const NOTE = { text: 'Ringede som aftalt', kind: 'personal' };
const api = (id: string) => `/api/v1/cases/${id}`;

/** A day at work, from a waiting inquiry on; `id` is its case. */
const DAY: readonly Step[] = [
  { what: 'the co-ordinator begins his day', who: 'police', asks: get(() => '/'), status: 200, leaves: { 'tasks.listed': 1, 'news.listed': 1, 'inbox.listed': 1, 'guidance.listed': 1, 'practice.listed': 1, 'approvals.listed': 1 } },
  { what: 'he looks at the inquiry', who: 'police', asks: get((id) => `/indbakke/${id}`), status: 200, leaves: { 'case.opened': 1, 'inbox.listed': 1 } },
  { what: 'a colleague from elsewhere tries the same', who: 'policeFyn', asks: get((id) => `/indbakke/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'he forgets somebody', who: 'police', asks: post((id) => `/indbakke/${id}`, { police: seats.police }), status: 422, leaves: { 'case.command': 1, 'case.opened': 1, 'inbox.listed': 1 } },
  { what: 'he takes it', who: 'police', asks: post((id) => `/indbakke/${id}`, seats), status: 303, leaves: { 'case.command': 1 } },
  { what: 'he is asked whether he has a conflict of interest', who: 'police', asks: get((id) => `/sager/${id}`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'he has none', who: 'police', asks: post((id) => `/sager/${id}/habil`), status: 303, leaves: { 'conflict.none': 1 } },
  { what: 'he opens it', who: 'police', asks: get((id) => `/sager/${id}`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'the municipality sees its cases', who: 'municipal', asks: get(() => '/sager'), status: 200, leaves: { 'cases.listed': 1 } },
  { what: 'opens this one', who: 'municipal', asks: get((id) => `/sager/${id}`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'shows the name', who: 'municipal', asks: post((id) => `/sager/${id}/navne`), status: 200, leaves: { 'case.opened': 1, 'case.named': 1 } },
  { what: 'reads the journal', who: 'municipal', asks: get((id) => `/sager/${id}/journal`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'opens the form of a note', who: 'municipal', asks: get((id) => `/sager/${id}/goer/journal.add`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'sends it empty, and gets it back', who: 'municipal', asks: post((id) => `/sager/${id}/goer/journal.add`), status: 422, leaves: { 'case.command': 1, 'case.opened': 1 } },
  { what: 'sends it filled in', who: 'municipal', asks: post((id) => `/sager/${id}/goer/journal.add`, NOTE), status: 303, leaves: { 'case.command': 1 } },
  { what: 'asks for a form that is not there', who: 'municipal', asks: get((id) => `/sager/${id}/goer/findes.ikke`), status: 404, leaves: { 'case.opened': 1 } },
  { what: 'searches and finds', who: 'municipal', asks: post(() => '/soeg', { q: 'Sandbjerg' }), status: 200, leaves: { 'search.own': 1, 'case.named': 1 } },
  { what: 'searches and finds nothing', who: 'municipal', asks: post(() => '/soeg', { q: 'Findesikke' }), status: 200, leaves: { 'search.own': 1 } },
  { what: 'searches for nothing', who: 'municipal', asks: post(() => '/soeg', { q: '' }), status: 200, leaves: { 'search.own': 1 } },
  { what: 'looks for somebody like him before registering', who: 'municipal', asks: post(() => '/ny-henvendelse/ligner', { name: 'Emil Sandbjerg' }), status: 200, leaves: { 'search.own': 1, 'case.named': 1 } },
  { what: 'and for somebody whom no case is like', who: 'municipal', asks: post(() => '/ny-henvendelse/ligner', { name: 'Findes Ikke' }), status: 200, leaves: { 'search.own': 1 } },
  { what: 'a program lists', who: 'probation', asks: get(() => '/api/v1/cases'), status: 200, leaves: { 'cases.listed': 1 } },
  { what: 'lists tasks', who: 'probation', asks: get(() => '/api/v1/tasks'), status: 200, leaves: { 'tasks.listed': 1 } },
  { what: 'lists an inbox that is not its own', who: 'probation', asks: get(() => '/api/v1/inbox'), status: 200, leaves: { 'inbox.listed': 1 } },
  { what: 'reads the case', who: 'probation', asks: get(api), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'asks what can be done', who: 'probation', asks: get((id) => `${api(id)}/actions`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'writes a note', who: 'probation', asks: post((id) => `${api(id)}/commands/journal.add`, NOTE), status: 200, leaves: { 'case.command': 1 } },
  { what: 'writes one that is refused by a rule', who: 'probation', asks: post((id) => `${api(id)}/commands/circle.remove`, { user: people.police2.user, reason: 'x' }), status: 422, leaves: { 'case.command': 1 } },
  { what: 'gives a command that is not there', who: 'probation', asks: post((id) => `${api(id)}/commands/findes.ikke`), status: 422, leaves: { 'case.opened': 1 } },
  { what: 'somebody curious tries the page', who: 'odense', asks: get((id) => `/sager/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries the journal', who: 'odense', asks: get((id) => `/sager/${id}/journal`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries the name', who: 'odense', asks: post((id) => `/sager/${id}/navne`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries to write', who: 'odense', asks: post((id) => `/sager/${id}/goer/journal.add`, NOTE), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries the program’s way', who: 'odense', asks: get(api), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries to write there', who: 'odense', asks: post((id) => `${api(id)}/commands/journal.add`, NOTE), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'tries a command that is not there', who: 'odense', asks: post((id) => `${api(id)}/commands/findes.ikke`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'the administrator tries', who: 'admin', asks: get((id) => `/sager/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'the auditor would register', who: 'auditor', asks: post(() => '/api/v1/cases', { municipality: '0183', said: 'x' }), status: 404, leaves: { 'inquiry.denied': 1 } },
  { what: 'the auditor looks for the figures, and gets what is published', who: 'auditor', asks: get(() => '/tal'), status: 200, leaves: { 'publications.listed': 1 } },
  { what: 'would see more', who: 'auditor', asks: get(() => '/tal/tider'), status: 404, leaves: 'denied' },
  { what: 'the police would see the contact point’s questions', who: 'police', asks: get(() => '/api/v1/questions'), status: 404, leaves: 'denied' },
  { what: 'the municipality would take from the inbox', who: 'municipal', asks: get((id) => `/indbakke/${id}`), status: 404, leaves: 'denied' },
  { what: 'the contact point sees the figures', who: 'officialKl', asks: get(() => '/tal'), status: 200, leaves: { 'figures.drawn': 1 } },
  { what: 'gets them by program', who: 'officialKl', asks: get(() => '/api/v1/statistics?asOf=2026-11-01'), status: 200, leaves: { 'figures.drawn': 1 } },
  { what: 'sees the country', who: 'officialKl', asks: get(() => '/overblik'), status: 200, leaves: { 'overview.listed': 2, 'untaken.listed': 1, 'unnamed.listed': 1 } },
  { what: 'shows the names of a list that is empty', who: 'officialKl', asks: post(() => '/overblik'), status: 200, leaves: { 'overview.listed': 2, 'untaken.listed': 1, 'unnamed.listed': 1 } },
  { what: 'gets the country by program', who: 'officialKl', asks: get(() => '/api/v1/overview'), status: 200, leaves: { 'overview.listed': 2, 'untaken.listed': 1 } },
  { what: 'the police would see the country', who: 'police', asks: get(() => '/overblik'), status: 404, leaves: 'denied' },
  { what: 'lists what it was told', who: 'officialKl', asks: get(() => '/api/v1/notifications'), status: 200, leaves: { 'notifications.listed': 1 } },
  { what: 'sees what it was told', who: 'officialKl', asks: get(() => '/underretninger'), status: 200, leaves: { 'notifications.listed': 1 } },
  { what: 'acknowledges nothing', who: 'officialKl', asks: post(() => '/underretninger'), status: 422, leaves: { 'notifications.listed': 1 } },
  { what: 'would acknowledge what was never sent', who: 'officialKl', asks: post(() => '/underretninger', { id: people.police.user }), status: 422, leaves: { 'page.denied': 1, 'notifications.listed': 1 } },
  { what: 'the police would acknowledge for it', who: 'police', asks: post(() => '/underretninger', { id: people.police.user }), status: 404, leaves: 'denied' },
  { what: 'a member asks what was sent of the case', who: 'probation', asks: get((id) => `${api(id)}/notifications`), status: 200, leaves: { 'case.opened': 1 } },
  { what: 'lists what it was asked', who: 'officialKl', asks: get(() => '/api/v1/questions'), status: 200, leaves: { 'questions.listed': 1 } },
  { what: 'lists the inquiries whose unit it names', who: 'officialKl', asks: get(() => '/api/v1/inquiries-without-unit'), status: 200, leaves: { 'unnamed.listed': 1 } },
  { what: 'would name the unit of one that has one', who: 'officialKl', asks: get((id) => `/uden-enhed/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'the police would see those without a unit', who: 'police', asks: get((id) => `/uden-enhed/${id}`), status: 404, leaves: 'denied' },
  { what: 'lists doubles by program', who: 'officialKl', asks: get(() => '/api/v1/matches'), status: 200, leaves: { 'matches.listed': 1 } },
  { what: 'settles one that is not there', who: 'officialKl', asks: post(() => `/api/v1/matches/${people.police.user}/settle`, { outcome: 'same', basis: 'units' }), status: 404, leaves: { 'matches.listed': 1, 'page.denied': 1 } },
  { what: 'sees by program how much waits in each unit', who: 'officialKl', asks: get(() => '/api/v1/notifications/units'), status: 200, leaves: { 'notifications.listed': 1 } },
  { what: 'sets two periods beside one another', who: 'officialKl', asks: get(() => '/api/v1/statistics/compared?asOf=2026-11-01'), status: 200, leaves: { 'figures.drawn': 2 } },
  { what: 'compares the units', who: 'officialKl', asks: get(() => '/api/v1/statistics/practice?asOf=2026-11-01'), status: 200, leaves: { 'figures.drawn': 2 } },
  { what: 'a municipality reads its own figures by program', who: 'municipal', asks: get(() => '/api/v1/statistics/own'), status: 200, leaves: { 'publications.listed': 1 } },
  { what: 'would publish', who: 'municipal', asks: post(() => '/api/v1/statistics/published', { asOf: '2026-01-01' }), status: 404, leaves: 'denied' },
  { what: 'begins its day', who: 'officialKl', asks: get(() => '/'), status: 200, leaves: { 'tasks.listed': 1, 'news.listed': 1, 'notifications.listed': 1, 'questions.listed': 1, 'guidance.listed': 1, 'practice.listed': 1, 'unnamed.listed': 1, 'matches.listed': 1, 'approvals.listed': 1 } },
  { what: 'somebody receives an inquiry', who: 'jobcentre', asks: get(() => '/ny-henvendelse'), status: 200, leaves: {} },
  { what: 'sends it', who: 'jobcentre', asks: post(() => '/ny-henvendelse', { municipality: '0183', said: 'Vil ud', channel: 'phone' }), status: 200, leaves: { 'inquiry.registered': 1 } },
  { what: 'is still there', who: 'jobcentre', asks: post(() => '/session'), status: 204, leaves: {} },
  { what: 'reads the help', who: 'jobcentre', asks: get(() => '/hjaelp'), status: 200, leaves: {} },
  { what: 'the auditor begins his day', who: 'auditor', asks: get(() => '/'), status: 303, leaves: {} },
  { what: 'sees what waits for his judgement', who: 'auditor', asks: get(() => '/adgang'), status: 200, leaves: { 'log.read': 1 } },
  { what: 'finds a colleague', who: 'auditor', asks: post(() => '/adgang/kollega', { navn: 'Navn odense' }), status: 200, leaves: {} },
  { what: 'reads what that colleague looked at', who: 'auditor', asks: get(() => `/adgang/person/${people.odense.user}`), status: 200, leaves: { 'log.read': 1 } },
  { what: 'tries the case', who: 'auditor', asks: get((id) => `/sager/${id}`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'the co-ordinator reads the log of his case', who: 'police', asks: get((id) => `/sager/${id}/kreds`), status: 200, leaves: { 'case.opened': 1, 'log.read': 1 } },
  { what: 'makes the person’s extract', who: 'police', asks: post((id) => `/sager/${id}/udtraek`), status: 200, leaves: { 'log.extracted': 1 } },
  { what: 'says that the week’s openings were expected', who: 'police', asks: post((id) => `/sager/${id}/ugens-opslag`), status: 303, leaves: { 'log.answered': 1 } },
  { what: 'another member would make the extract', who: 'municipal', asks: post((id) => `/sager/${id}/udtraek`), status: 404, leaves: { 'case.denied': 1 } },
  { what: 'sends an old form', who: 'jobcentre', asks: post(() => '/ny-henvendelse', { _csrf: 'x' }), status: 403, leaves: {} },
];

/** All of it together: no more, no less. */
const WHOLE_DAY: Readonly<Record<string, number>> = {
  'approvals.listed': 2, 'matches.listed': 3, 'case.command': 6, 'case.denied': 14, 'case.named': 3, 'case.opened': 15, 'cases.listed': 2, 'conflict.none': 1, 'figures.drawn': 6, 'guidance.listed': 2, 'inbox.listed': 4, 'inquiry.denied': 1, 'inquiry.registered': 1,
  'log.answered': 1, 'log.extracted': 1, 'log.read': 3, 'news.listed': 2, 'notifications.listed': 6, 'overview.listed': 6, 'page.denied': 7, 'practice.listed': 2, 'publications.listed': 2, 'questions.listed': 2, 'search.own': 5, 'tasks.listed': 3, 'untaken.listed': 3, 'unnamed.listed': 4,
};

describe('Control 11: a scripted day', () => {
  it('leaves exactly the rows of its acts, each with who did it and about which case', async () => {
    const id = await inboxCase(web.house);
    const wrong: string[] = [];
    const all: AuditRow[] = [];
    for (const { what, who, asks, status, leaves } of DAY) {
      const { result, rows } = await audited(web, () => ask(web, who, asks(id)));
      if (result.statusCode !== status) wrong.push(`${what}: ${result.statusCode}, not ${status}`);
      if (!isWhat(rows, leaves)) wrong.push(`${what}: ${JSON.stringify(counted(rows))}, not ${JSON.stringify(leaves)}`);
      all.push(...rows);
      for (const row of rows) {
        if (row.actor !== people[who].user) wrong.push(`${what}: actor ${row.actor ?? 'none'}`);
        if (row.action.startsWith('case.') && row.case_ref !== id) wrong.push(`${what}: case ${row.case_ref ?? 'none'}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(counted(all)).toEqual(WHOLE_DAY);
  });
});
