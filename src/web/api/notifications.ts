import { z } from 'zod';
import { seeEmergency } from '../../app/emergency-told.js';
import { isRefused, refusedBy } from '../../app/house.js';
import { sentOf } from '../../app/notifications.js';
import { openCase } from '../../app/open-case.js';
import { ACKNOWLEDGED_KINDS, isNotificationKind } from '../../domain/exit-case/notification.js';
import { isId } from '../../domain/kernel/ids.js';
import { isUnitId } from '../../domain/reference/authorities.js';
import { emergenciesTold } from '../../store/emergency.js';
import { acknowledge, type Acknowledged, listNotifications, MOST_ACKNOWLEDGED } from '../../store/notifications.js';
import { caseIdOf } from '../case-id.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { faulty } from './sent.js';

/** The act of spec/commands.md by its name there. It changes nothing of the case and opens none, so it is no command of the domain (docs/decisions/0021). */
export const ACKNOWLEDGE = 'notification.acknowledge';

const PAGE = 200;
const FARTHEST = 100_000;

const unlisted = (name: string, message: string): Answer => faulty([{ name, message }], { title: 'Listen kan ikke vises' });

async function list({ house, visitor, query }: SignedInCall): Promise<Answer> {
  const { unit, kind } = query;
  if (kind !== undefined && !isNotificationKind(kind)) return unlisted('kind', 'kind er ikke en af de slags, der findes. Se beskrivelsen af API’et.');
  if (unit !== undefined && !isUnitId(unit)) return unlisted('unit', 'unit er ikke en af de enheder, der findes.');
  try {
    const { rows } = await listNotifications(house.web, visitor.token, {
      all: query['unacknowledged'] !== 'true', ...(unit === undefined ? {} : { unit }), ...(kind === undefined ? {} : { kinds: [kind] }), limit: PAGE, page: Math.min(FARTHEST, Math.max(1, Number.parseInt(query['page'] ?? '1', 10) || 1)),
    });
    // Who of the contact point has read it is for its own page.
    return { kind: 'json', body: rows.map(({ acknowledgedBy: _by, ...row }) => row) };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Unit for unit how much waits and since when, as under the inbox; openings in an emergency are counted by themselves. */
async function units({ house, visitor }: SignedInCall): Promise<Answer> {
  try {
    const { waiting, units: byUnit } = await listNotifications(house.web, visitor.token, { all: false, kinds: ACKNOWLEDGED_KINDS, limit: 1, page: 1 });
    return { kind: 'json', body: { waiting, units: byUnit } };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Openings of a safety card in an emergency that nobody of the contact point has seen: never why, nor who (FM-CNF-10). */
async function emergencies({ house, visitor }: SignedInCall): Promise<Answer> {
  try {
    return { kind: 'json', body: await emergenciesTold(house.web, visitor.token) };
  } catch (error) {
    return refusedBy(error);
  }
}

async function emergencySeen({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const done = await seeEmergency(house, visitor.token, params['id'] ?? '');
  return done.kind === 'seen' ? { kind: 'json', body: {} } : done;
}

const wrong = (pointer: string, detail: string): Answer => ({ kind: 'problem', status: 422, title: 'Oplysningerne skal rettes', detail, more: { errors: [{ pointer, detail }] } });
const UNKNOWN = wrong('/ids', 'Mindst én af underretningerne findes ikke, eller den er ikke din at kvittere for. Der er ikke kvitteret for nogen.');
const WHICH = `Skriv ids som en liste på 1 til ${MOST_ACKNOWLEDGED} underretningers id.`;

const ids = z.array(z.string().refine(isId, 'Det er ikke en underretnings id.')).min(1, WHICH).max(MOST_ACKNOWLEDGED, WHICH);
const chosen = z.strictObject({ ids });
const chosenOfCase = z.strictObject({ ids: ids.optional() });
const faultOf = ({ issues: [issue] }: z.ZodError): Answer =>
  wrong(issue === undefined || issue.path.length === 0 ? '' : `/${issue.path.join('/')}`, issue?.path.length === 1 && issue.code === 'invalid_type' ? WHICH : (issue?.message ?? WHICH));

const answerOf = (done: Acknowledged | 'unknown' | undefined): Answer => (done === undefined ? { kind: 'absent' } : done === 'unknown' ? UNKNOWN : { kind: 'json', body: done });

async function acknowledgeChosen({ house, visitor, body }: SignedInCall): Promise<Answer> {
  const given = chosen.safeParse(body ?? {});
  if (!given.success) return faultOf(given.error);
  try {
    return answerOf(await acknowledge(house.web, visitor.token, given.data.ids));
  } catch (error) {
    return refusedBy(error);
  }
}

const NOT_YOURS: Answer = {
  kind: 'problem', status: 422, title: 'Det kan ikke gøres nu', detail: 'Det Nationale Exitkontaktpunkt kvitterer selv for det, der er sendt til det.', more: { rule: 'FM-NOT-1' },
};

/**
 * All that waits of one case, or those of it that are named, by the address that commands have. Who has no case by that id, or was told of none, gets the answer of an unknown one before
 * anything is said of his input; who is in the case, that it is not his to do.
 */
export async function acknowledgeCase(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  const caseId = caseIdOf(call);
  if (!visitor.functions.includes('contact_point')) {
    const opened = await openCase(house, visitor.token, caseId, 'actions', [], 0);
    return isRefused(opened) ? opened : NOT_YOURS;
  }
  // Nothing sent is all that waits; what is sent and is none of it, `null` too, is nothing.
  const given = chosenOfCase.safeParse(call.body === undefined ? {} : call.body);
  try {
    // None of them: asks only whether the case is on the desk.
    const done = await acknowledge(house.web, visitor.token, given.success ? given.data.ids : [], caseId);
    return done === undefined || given.success ? answerOf(done) : faultOf(given.error);
  } catch (error) {
    return refusedBy(error);
  }
}

/** What the contact point was told of one case, to its full members; nothing of it to others in the circle. */
async function sent(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  const opened = await openCase(house, visitor.token, caseIdOf(call), 'notifications', [], 0);
  if (opened.kind !== 'open') return opened;
  try {
    return { kind: 'json', body: (await sentOf(house, visitor.token, opened)).map(({ kind, at, readAt, corrects }) => ({ kind, sentAt: at, readAt, corrects: corrects && { kind: corrects.kind, sentAt: corrects.at } })) };
  } catch (error) {
    return refusedBy(error);
  }
}

export const notificationApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/notifications', permission: 'contact-point', purpose: 'notifications', audit: 'notifications.listed', rate: 'read', handle: list },
  { method: 'GET', path: '/api/v1/notifications/units', permission: 'contact-point', purpose: 'notifications', audit: 'notifications.listed', rate: 'read', handle: units },
  { method: 'GET', path: '/api/v1/notifications/emergencies', permission: 'contact-point', purpose: 'told', audit: 'notifications.listed', rate: 'read', handle: emergencies },
  { method: 'POST', path: '/api/v1/notifications/emergencies/:id/seen', permission: 'contact-point', purpose: 'told', audit: 'notification.seen', rate: 'write', handle: emergencySeen },
  { method: 'POST', path: '/api/v1/notifications/acknowledge', permission: 'contact-point', purpose: 'acknowledge', audit: 'notification.acknowledged', rate: 'write', handle: acknowledgeChosen },
  { method: 'GET', path: '/api/v1/cases/:id/notifications', permission: 'circle', purpose: 'notifications', audit: 'case.opened', rate: 'read', handle: sent },
];
