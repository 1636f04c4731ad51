import { actionsOf } from '../../src/app/actions.js';
import { caseView } from '../../src/app/case-view.js';
import { documentData, documentsOf } from '../../src/app/documents.js';
import { etagFor } from '../../src/app/etag.js';
import type { House } from '../../src/app/house.js';
import { ALL_KINDS, NEWEST_ENTRIES, type OpenedCase } from '../../src/app/open-case.js';
import type { StaffDirectory } from '../../src/app/staff-directory.js';
import { shownRejection } from '../../src/domain/access/core-view.js';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { isFullMember, membershipsOf } from '../../src/domain/exit-case/circle.js';
import { isJournalEvent } from '../../src/domain/exit-case/journal.js';
import { copenhagenDate } from '../../src/domain/kernel/time.js';
import { authorityName } from '../../src/domain/reference/authorities.js';
import type { Colleague, StaffMember } from '../../src/store/staff.js';
import { casePages } from '../../src/web/pages/sag/routes.js';
import type { SignedInCall } from '../../src/web/route.js';
import { renderPage } from '../../src/web/ui/render.js';
import { cast, type CastName, castNames } from './cast.js';
import { diceOf } from './dice.js';
import { door } from './door.js';
import { byTheSchema } from './filling.js';
import type { Play } from './playing.js';
import { readableBodies } from './retelling.js';

const KEY = Buffer.alloc(32, 7);
const CASE = '22222222-0000-4000-8000-000000000001';
/** Without a database: what a page asks of it beside the case (what the contact point was told) has tests of its own, and gives nothing here. */
const house = { etagKey: KEY, web: { query: () => Promise.resolve({ rows: [] }) } } as unknown as House;
const staff: readonly Colleague[] = castNames.map((name) => ({
  id: cast[name].user,
  name: `Navn ${name}`,
  authority: cast[name].authority,
  functions: cast[name].functions,
  formerly: [],
}));
const byId = new Map<string, StaffMember>(staff.map((one) => [one.id, one]));
const directory = { all: () => Promise.resolve(staff), named: () => Promise.resolve(byId), working: () => Promise.resolve(new Set(staff.map((one) => one.id))) } as unknown as StaffDirectory;
const routes = casePages(directory);

type Readable = ReturnType<typeof readableBodies>;

/** A case as it would open for somebody, with the texts the store would let him have. */
function openedFor(
  { state, stream }: Play,
  who: CastName,
  readable: Readable,
  kinds: readonly string[] = ALL_KINDS,
  newest = NEWEST_ENTRIES,
): OpenedCase {
  const actor = cast[who];
  const facts = stream.filter((one) => !isJournalEvent(one.event.type)).map(({ bodies: _bodies, ...one }) => one);
  const entries = stream
    .filter((one) => isJournalEvent(one.event.type))
    .slice(-newest)
    .map(({ bodies: _bodies, ...one }) => one);
  const bodies = new Map(
    [...readable]
      .map(([version, some]) => [version, some.filter((one) => kinds.includes(one.scope.kind))] as const)
      .filter(([, some]) => some.length > 0),
  );
  return {
    kind: 'open',
    id: CASE,
    number: 'UV-7K3M-9QX',
    label: 'Falken',
    actor,
    standing: 'circle',
    impartial: true,
    state,
    facts,
    entries,
    bodies,
    etag: etagFor(house, actor.user, CASE, state, [...facts, ...entries]),
  };
}

const callOf = (game: Play, who: CastName, params: Readonly<Record<string, string>>): SignedInCall =>
  ({
    house,
    settings: { origin: 'http://127.0.0.1', secure: false, demonstration: false, version: '0', csrfKey: KEY, rateFactor: 1 },
    request: { cookies: {} },
    reply: {},
    now: game.now,
    params: { id: CASE, ...params },
    query: {},
    body: undefined,
    visitor: {
      token: 'token',
      user: cast[who].user,
      name: `Navn ${who}`,
      authority: cast[who].authority,
      authorityName: authorityName(cast[who].authority),
      functions: cast[who].functions,
    },
  }) as unknown as SignedInCall;

/** A page of the case as HTML, or whatever it answers instead. */
async function page(game: Play, who: CastName, path: string, params: Readonly<Record<string, string>> = {}): Promise<string> {
  const route = routes.find((one) => one.path === path && one.method === 'GET');
  if (route === undefined || route.permission === 'public') throw new Error(`no page ${path}`);
  const answer = await route.handle(callOf(game, who, params));
  return answer.kind === 'page' ? `${renderPage(answer.body)} ${JSON.stringify(answer.headers ?? {})}` : JSON.stringify(answer);
}

const PAGES = [
  '',
  '/visitation',
  '/samtykke',
  '/aftale',
  '/tiltag',
  '/opfoelgning',
  '/sikkerhed',
  '/dokumenter',
  '/kreds',
  '/journal',
  '/tidslinje',
].map((page) => `/sager/:id${page}`);
const FOR_OWNERS = ['/sager/:id', '/sager/:id/aftale', '/sager/:id/tiltag', '/sager/:id/tidslinje'];
const pagesOf = ({ state }: Play, who: CastName): readonly string[] =>
  isFullMember(state, cast[who].user)
    ? PAGES
    : membershipsOf(state, cast[who].user).length > 0
      ? FOR_OWNERS
      : ['/sager/:id', '/sager/:id/journal', '/sager/:id/tidslinje'];

/** What the reader is told when he tries commands, sensible or not: drawn by the dice, the same for both histories. */
const refusals = (game: Play, who: CastName, seed: number): unknown => {
  const dice = diceOf(seed);
  return Array.from({ length: 6 }, () => {
    const { name } = dice.one(caseCommands);
    const outcome = game.answer(who, name, byTheSchema({ play: game, who, dice, words: () => 'et forsøg' }, name));
    return [
      name,
      outcome.kind,
      outcome.issues,
      outcome.rejection && shownRejection(game.state, cast[who], outcome.rejection),
      outcome.told.map((one) => one.event.type),
    ];
  });
};

/** Everything a reader can get of a case, by its name: API, pages, some forms, what he can do, documents and refusals. */
export async function allHeCanGet(game: Play, who: CastName, seed: number): Promise<ReadonlyMap<string, string>> {
  const got = new Map<string, string>();
  const readable = readableBodies(game, who);
  door.opens = (kinds, entries) => openedFor(game, who, readable, kinds, entries);
  const all = openedFor(game, who, readable);
  got.set('api', JSON.stringify(caseView(all)) + all.etag);
  const actions = actionsOf(all, game.now);
  got.set('actions', JSON.stringify(actions));
  const documents = documentsOf(all);
  got.set(
    'documents',
    JSON.stringify([
      documents,
      documents.map(({ key }) => documentData(all, key, { today: copenhagenDate(game.now), nameOf: (user) => user })),
    ]),
  );
  got.set('refusals', JSON.stringify(refusals(game, who, seed)));
  for (const path of pagesOf(game, who)) got.set(path, await page(game, who, path));
  const dice = diceOf(seed);
  for (const { name } of dice.some(actions, actions.length > 0 ? 300 / actions.length : 0))
    got.set(`form ${name}`, await page(game, who, '/sager/:id/goer/:command', { command: name }));
  return got;
}
