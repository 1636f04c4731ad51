import { randomUUID } from 'node:crypto';
import type { Route } from '../../src/web/route.js';
import { caseOfFyn, noLimits } from './wall-house.js';
import { inboxCase, registration, seats, takenCase, testHouse } from './house.js';
import { people, type PersonName } from './people.js';
import type { Asked } from './wall-http.js';
import { type TestWeb, testWeb } from './web.js';

/** An id that is nobody's. */
export const UNKNOWN = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';

/** What else than the id stands in an address, and the values that are tried there. An unknown one fails the walk: say here what to try. */
const OTHER_PARTS: Readonly<Record<string, readonly string[]>> = {
  ':command': ['journal.add', 'inquiry.take', 'contactPoint.takeQuestion', 'findes.ikke'],
  ':name': ['journal.add', 'inquiry.take', 'contactPoint.takeQuestion', 'findes.ikke'],
  ':attachment': [randomUUID(), 'findes-ikke'],
  ':key': ['samtykke', 'afgoerelse', 'findes-ikke'],
};

/** Every address of a route for one id, the other parts filled in. */
export function addresses(route: Route, id: string): readonly string[] {
  const parts = (route.path.match(/:\w+/g) ?? []).filter((part) => part !== ':id');
  return parts.reduce<readonly string[]>(
    (urls, part) => {
      const values = OTHER_PARTS[part];
      if (!values) throw new Error(`${route.path}: say in wall-walk.ts what to try for ${part}`);
      return urls.flatMap((url) => values.map((value) => url.replace(part, value)));
    },
    [route.path.replace(':id', encodeURIComponent(id))],
  );
}

const sensible = {
  text: 'Ringede som aftalt', kind: 'personal', reason: 'Aftalt på mødet', user: people.police2.user, role: 'contact', question: randomUUID(), unit: 'fyn', ...seats,
};
const BODIES: readonly Partial<Asked>[] = [
  { body: sensible },
  { body: { text: '\u0000', kind: 'x', user: 'ikke en person', __proto__x: '1', heldAt: '9999-99-99' } },
  { body: {} },
];

/** Requests to a route for one id: with a body that looks right, a wrong one, and none. */
export const requests = (route: Route, id: string): readonly Asked[] =>
  addresses(route, id).flatMap((url): readonly Asked[] => {
    if (route.method === 'GET') return [{ method: 'GET', url }];
    return BODIES.map((body) => ({ method: 'POST', url, ...body }));
  });

/** Somebody, and something that is not for him. */
export interface Outsider {
  readonly what: string;
  readonly who: PersonName;
  readonly id: string;
  /** Part of an address that is for him all the same. */
  readonly but?: string;
}

/** A house with cases in which people stand outside in every way there is. */
export async function outside(): Promise<{ readonly web: TestWeb; readonly outsiders: readonly Outsider[]; readonly ended: string }> {
  const web = await testWeb(await testHouse(noLimits), 1_000_000);
  const { house } = web;
  const fyn = await caseOfFyn(house);
  const ended = await takenCase(house);
  await house.order('probation', 'journal.add', { text: 'Mens jeg var med', kind: 'personal' }, { caseId: ended, key: 'used-before' });
  await house.does('municipal', ended, 'circle.remove', { user: people.probation.user, reason: 'Har skiftet arbejde' });
  const barred = await takenCase(house);
  await house.does('municipal', barred, 'circle.exclude', { user: people.police.user, reason: 'Fætter' });
  await house.does('municipal', barred, 'circle.exclude', { user: people.police2.user, reason: 'Svoger' });
  const waiting = await inboxCase(house);
  const custody = await inboxCase(house, { ...registration, place: 'custody', channel: 'custody' });
  const over = await takenCase(house);
  await house.does('municipal', over, 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
  for (const table of ['case_member', 'scope_member', 'task']) await house.db.superuser(`update app.${table} set until = '2000-01-01' where case_id = $1`, [over]);
  const { question, asked } = await openQuestion(house);
  const outsiders: readonly Outsider[] = [
    ...(['auditor', 'admin', 'officialKl', 'police', 'police2', 'municipal', 'custody', 'jobcentre'] as const).map((who) => ({ what: `a case of others, to ${who}`, who, id: fyn })),
    { what: 'a case whose circle he has left', who: 'probation', id: ended },
    { what: 'a closed case whose time to be read is over', who: 'municipal', id: over },
    { what: 'a case he was shut out of as a member', who: 'police', id: barred },
    { what: 'a case he was shut out of beforehand', who: 'police2', id: barred },
    { what: 'an inquiry in the inbox of another unit', who: 'policeFyn', id: waiting },
    { what: 'an inquiry he registered himself', who: 'municipal', id: waiting },
    { what: 'an inquiry in the inbox, to the contact point', who: 'officialPolice', id: waiting },
    { what: 'an inquiry from custody, to the police of the district', who: 'police', id: custody },
    { what: 'a question of others, to who is not the contact point', who: 'policeFyn', id: question },
    { what: 'a question of a case that the official was shut out of', who: 'officialDfk', id: question },
    { what: 'the case of a question that the official has not taken', who: 'officialKl', id: asked, but: 'contactPoint.takeQuestion' },
    { what: 'the case of a question, to the official who was shut out of it', who: 'officialDfk', id: asked },
  ];
  return { web, outsiders, ended };
}

/** A case with an open question to the contact point, of which one official was shut out. */
async function openQuestion(house: TestWeb['house']): Promise<{ readonly question: string; readonly asked: string }> {
  const asked = await takenCase(house);
  await house.does('municipal', asked, 'circle.exclude', { user: people.officialDfk.user, reason: 'Kusine' });
  await house.does('police', asked, 'assessment.begin');
  await house.does('municipal', asked, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  const [row] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [asked]);
  return { question: row?.id ?? '', asked };
}
