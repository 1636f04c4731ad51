import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { stepUpBegun } from '../../../src/app/step-up.js';
import { StaffDirectory } from '../../../src/app/staff-directory.js';
import { agreementInForce, openVersion } from '../../../src/domain/exit-case/agreement.js';
import { demonstrationCpr, formatCpr } from '../../../src/domain/kernel/cpr.js';
import { instantOf, knownDate } from '../../../src/domain/kernel/time.js';
import { endSession } from '../../../src/store/lists.js';
import { createLogin } from '../../../src/web/login/client.js';
import { loginTable } from '../../../src/web/login/login-table.js';
import { loginRoutes } from '../../../src/web/login/routes.js';
import { buildRoutes } from '../../../src/web/routes.js';
import { buildServer } from '../../../src/web/server.js';
import { csrfToken, Visitors } from '../../../src/web/visitor.js';
import type { WebSettings } from '../../../src/web/web-settings.js';
import { inboxCase, registration, takenCase, type TestHouse, testHouse } from '../../support/house.js';
import { people, type PersonName } from '../../support/people.js';
import { StandInIssuer } from '../../support/stand-in-issuer.js';
import { caseOfFyn, noLimits } from '../../support/wall-house.js';

/** What must not be told, and to whom it is no secret. */
export interface Secret {
  readonly text: string;
  readonly readers: readonly PersonName[];
}

/** The server as in life, with its login, on a house with cases in which people stand inside and outside. */
export interface World {
  readonly house: TestHouse;
  readonly app: FastifyInstance;
  readonly issuer: StandInIssuer;
  /** Where its socket is. */
  readonly port: number;
  readonly secrets: readonly Secret[];
  readonly setDay: (day: string) => void;
  /** Puts what the names in angle quotes stand for. @param nobody a name that is to stand for nobody this time. */
  readonly filledIn: (text: string, nobody?: string) => string;
  /** Looks again what stands in the case whose every text is hostile: ids that a later row needs. */
  readonly lookAgain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const FIRST_DAY = '2026-11-02';
const NOBODY = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';
const ORIGIN = 'http://127.0.0.1:3000';

const candidate = (n: number, name: string) => ({
  name, alias: `Skarv${n}fugl`, phone: `42 00 17 9${n}`, cpr: formatCpr(demonstrationCpr(knownDate('1991-03-14'), 'male', n)), said: `Hemmelig sætning nummer ${n}`,
});
const tellingOf = ({ name, alias, phone, cpr, said }: ReturnType<typeof candidate>): readonly string[] => [name, alias, phone, cpr, cpr.replace('-', ''), said];

const THREE = ['police', 'municipal', 'probation'] as const satisfies readonly PersonName[];

/** The cases by their name in the table. */
async function someCases(house: TestHouse) {
  const secrets: Secret[] = [];
  const written = (n: number, name: string, readers: readonly PersonName[]) => {
    const one = candidate(n, name);
    secrets.push(...tellingOf(one).map((text) => ({ text, readers })));
    return { ...registration, ...one };
  };
  const mine = await takenCase(house, written(1, 'Vilfred Tangkær', THREE));
  const others = await caseOfFyn(house, { ...written(2, 'Ambrosius Klitgård', ['policeFyn', 'odense', 'probation2']), municipality: '0461' });
  await house.does('policeFyn', others, 'journal.add', { text: 'Et notat i Fyns sag', kind: 'personal' });
  secrets.push({ text: 'Et notat i Fyns sag', readers: ['policeFyn', 'odense', 'probation2'] });
  const left = await takenCase(house, written(3, 'Storm Havelund', ['police', 'municipal']));
  await house.order('probation', 'journal.add', { text: 'Mens jeg var med', kind: 'personal' }, { caseId: left, key: 'used-before' });
  await house.does('municipal', left, 'circle.remove', { user: people.probation.user, reason: 'Har skiftet arbejde' });
  const barred = await takenCase(house, written(4, 'Bertram Mosegård', ['municipal', 'probation']));
  for (const who of ['police', 'police2'] as const) await house.does('municipal', barred, 'circle.exclude', { user: people[who].user, reason: 'Fætter' });
  const waiting = await inboxCase(house, written(5, 'Valdemar Engsø', []));
  const asked = await takenCase(house, written(6, 'Konrad Lyngby', THREE));
  await house.does('municipal', asked, 'circle.exclude', { user: people.officialDfk.user, reason: 'Kusine' });
  await house.does('police', asked, 'assessment.begin');
  await house.does('municipal', asked, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  const [question] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [asked]);
  // Three more of one's own: what is tried there does not disturb the others.
  const [forms, commands, marked] = [await takenCase(house, written(7, 'Sigurd Nørager', THREE)), await takenCase(house, written(8, 'Ivar Overby', THREE)), await takenCase(house)];
  const [entry] = (await house.opens('policeFyn', others)).entries.flatMap(({ event }) => ('entry' in event ? [event.entry] : []));
  return { secrets, ids: { mine, others, left, barred, waiting, asked, forms, commands, marked, question: question?.id ?? '', othersEntry: entry ?? '' } };
}

/** Ids that stand in the case whose every text is hostile, by what the table calls them. */
async function idsIn(house: TestHouse, marked: string): Promise<Readonly<Record<string, string>>> {
  const opened = await house.opens('municipal', marked);
  const { state } = opened;
  const [question] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [marked]);
  const found: Readonly<Record<string, string | undefined>> = {
    measure: state.measures.measures[0]?.id, requirement: (openVersion(state) ?? agreementInForce(state))?.requirements[0]?.id, markedQuestion: question?.id, hearing: state.hearing.hearings.at(-1)?.id,
    breach: state.breaches.breaches.at(-1)?.id, precaution: state.security.precautions[0]?.id, entry: opened.entries.flatMap(({ event }) => ('entry' in event ? [event.entry] : []))[0],
  };
  return Object.fromEntries(Object.entries(found).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

const isPerson = (name: string): name is PersonName => Object.hasOwn(people, name);

export async function hostileWorld(): Promise<World> {
  const house = await testHouse(noLimits);
  const { secrets, ids } = await someCases(house);
  const settings: WebSettings = { origin: ORIGIN, secure: false, demonstration: true, version: '0.0.0', csrfKey: randomBytes(32), rateFactor: 1_000_000 };
  const issuer = new StandInIssuer('https://id.example');
  const { clientId, clientSecret } = issuer;
  const login = createLogin({
    issuers: [{ issuer: issuer.issuer, clientId, clientSecret, authorities: ['municipality:0183*'], functions: ['municipal_exit', 'measure_owner'], label: 'Ishøj Kommune' }],
    origin: ORIGIN, loginPool: house.login, key: randomBytes(32), demonstration: true, fetch: issuer.fetch,
  });
  const visitors = new Visitors(house);
  const ended = async (token: string) => { await endSession(house.web, token); visitors.forget(token); };
  const routes = buildRoutes({ directory: new StaffDirectory(house), login: loginTable(loginRoutes({ login, endSession: ended, beginStepUp: (token) => stepUpBegun(house, token), log: () => undefined })) });
  const app = await buildServer({ house, settings, routes, visitors, log: () => undefined });
  await app.listen({ port: 0, host: '127.0.0.1' });
  let known: Readonly<Record<string, string>> = ids;
  const meaning = (name: string, of: string | undefined): string => {
    if (name === 'nobody') return NOBODY;
    if (name === 'origin') return ORIGIN;
    if (of !== undefined && isPerson(of)) {
      if (name === 'token') return house.tokens[of];
      if (name === 'csrf') return csrfToken(settings.csrfKey, house.tokens[of]);
      if (name === 'user') return people[of].user;
    }
    const id = known[name];
    if (id === undefined) throw new Error(`nothing is called «${name}»`);
    return of === 'upper' ? id.toUpperCase() : of === 'plain' ? id.replaceAll('-', '') : id;
  };
  return {
    house, app, issuer, port: (app.server.address() as AddressInfo).port, secrets,
    setDay: (day) => house.setClock(instantOf(knownDate(day), 10, 0)),
    filledIn: (text, nobody) => (nobody === undefined ? text : text.replaceAll(nobody, '«nobody»'))
      .replaceAll(/«([a-zA-Z]+)(?::([a-zA-Z0-9]+))?»/g, (_, name: string, of: string | undefined) => meaning(name, of)),
    lookAgain: async () => { known = { ...ids, ...(await idsIn(house, ids.marked)) }; },
    close: async () => {
      await app.close();
      await house.close();
    },
  };
}
