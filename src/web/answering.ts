import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../app/house.js';
import { mayAskGuidance, mayOpenInEmergency } from '../domain/access/functions.js';
import { noteDenied } from '../store/lists.js';
import { type Problem, sendProblem } from './answers.js';
import { isFarTooLarge, type Multipart, multipartOf } from './multipart.js';
import { typedKept } from './pages/plain/signed-out.js';
import type { RateChecks } from './rate-checks.js';
import { againOf, type Call, caseAsked, isApi, type Route, type SentAnswer } from './route.js';
import { demandStepUp, lacksStepUp } from './step-up.js';
import { csrfFits, isOwnForm, type Visitor, type Visitors } from './visitor.js';
import type { WebSettings } from './web-settings.js';

/** More levels than any command has. */
const DEEPEST = 32;
const isTooDeep = (value: unknown): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((one): readonly unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
};

/** After the login: the form's token, the rate; membership, input and rule follow inside the use case, in that order (access.md). */
export async function answerTo(
  { house, settings, visitors, routes }: { readonly house: House; readonly settings: WebSettings; readonly visitors: Visitors; readonly routes: readonly Route[] }, route: Route, request: FastifyRequest, reply: FastifyReply, visitor: Visitor | undefined, limits: RateChecks, sent?: Multipart,
): Promise<SentAnswer> {
  const call: Call = {
    house, settings, request, reply, now: house.clock(), params: request.params as Readonly<Record<string, string>>, query: once(request.query), body: request.body, ...(sent && { file: sent.file }),
  };
  const api = isApi(route.path);
  if (route.permission === 'public') return (await limits.person(route.rate, request, reply, request.ip)) ? route.handle(call) : { kind: 'limited' };
  if (!visitor) return typedKept(call);
  const stop = async (problem: Problem): Promise<SentAnswer> => {
    await sendProblem(reply, problem, api, call.now);
    return { kind: 'sent' };
  };
  const given = csrfGiven(request);
  const proven = route.method !== 'POST' || (cameFrom(request, settings) !== 'elsewhere' && (api || csrfFits(settings.csrfKey, visitor.token, given)));
  const typed = bringsTyped(route, request, settings);
  // What somebody typed is shown again to him and to nobody else, and only while his session holds.
  if (!proven && typed && !(await visitors.of(visitor.token, { fresh: true, asks: true }))) return typedKept(call);
  if (!proven && !(typed && isOwnForm(settings.csrfKey, visitor, given))) return stop('forged');
  if (!(await limits.person(route.rate, request, reply, visitor.user))) return { kind: 'limited' };
  const wanted = sent ? MULTIPART : api ? 'application/json' : FORM;
  if (request.body !== undefined && !(request.headers['content-type'] ?? '').startsWith(wanted)) return stop('media');
  if (isTooDeep(request.body)) return stop('malformed');
  // A function that a page is not for gets the answer of a page that is not there, and the row in the log that every refusal gets.
  if (!FOR[route.permission](visitor.functions)) {
    await noteDenied(house.web, visitor.token, caseAsked(route, call), route.purpose);
    return { kind: 'absent' };
  }
  const named = { ...call, visitor };
  const answer = (await lacksStepUp(route, named)) ? { kind: 'step-up' as const } : await ((proven ? undefined : againOf(route)) ?? route.handle)(named);
  if (answer.kind === 'step-up') return demandStepUp(route, named, routes);
  // The name was known a moment ago, the session is over now: the database has said so.
  return answer.kind === 'signed-out' && typed ? typedKept(call) : answer;
}

/** A name that stands twice in an address counts as not written: nobody of ours writes it twice. */
const once = (query: unknown): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(query as Readonly<Record<string, unknown>>).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));

/** Whose function a route is for; membership of a case is asked inside. */
const FOR: Readonly<Record<Exclude<Route['permission'], 'public'>, (functions: readonly string[]) => boolean>> = {
  'signed-in': () => true,
  circle: () => true,
  'contact-point': (functions) => functions.includes('contact_point'),
  'asks-guidance': mayAskGuidance,
  // Who asks, and who answers.
  guidance: (functions) => mayAskGuidance(functions) || functions.includes('contact_point'),
  // Who answers for a unit, and who asks it.
  practice: (functions) => functions.some((one) => ['police_exit', 'custody_exit', 'contact_point'].includes(one)),
  auditor: (functions) => functions.includes('auditor'),
  'inbox-keeper': (functions) => functions.some((one) => one === 'police_exit' || one === 'custody_exit'),
  emergency: mayOpenInEmergency,
};

/** Where a post comes from, by what the browser says of it; who says nothing is no browser of today. */
const cameFrom = (request: FastifyRequest, settings: WebSettings): 'ours' | 'elsewhere' | 'unsaid' => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if ((site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== settings.origin)) return 'elsewhere';
  return site === undefined && origin === undefined ? 'unsaid' : 'ours';
};

const csrfGiven = ({ body }: FastifyRequest): unknown => (body as Readonly<Record<string, unknown>> | null | undefined)?.['_csrf'];

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** A form of ours with something typed in it. Never one from elsewhere: its words would come back as if they were the reader's own. */
export const bringsTyped = (route: Route, request: FastifyRequest, settings: WebSettings): boolean =>
  againOf(route) !== undefined && cameFrom(request, settings) === 'ours' && (request.headers['content-type'] ?? '').startsWith(FORM);

/** What came as multipart, on a route that takes files; its fields stand where those of another form do. */
export async function fileIn(route: Route, request: FastifyRequest): Promise<Multipart | undefined> {
  if (route.files !== 'taken' || !(request.headers['content-type'] ?? '').startsWith(MULTIPART)) return undefined;
  if (isFarTooLarge(request)) throw Object.assign(new Error('too large'), { statusCode: 413 });
  const read = await multipartOf(request);
  request.body = read.fields;
  return read;
}
