import { actionsOf } from '../../app/actions.js';
import { carriesRefusal, withRefusal } from '../../app/case-texts.js';
import { caseView } from '../../app/case-view.js';
import { commandSchema } from '../../app/command-schema.js';
import { execute } from '../../app/execute.js';
import { type Refused, refusedBy } from '../../app/house.js';
import { ALL_KINDS, NEWEST_ENTRIES, openCase } from '../../app/open-case.js';
import { isScreener } from '../../domain/access/functions.js';
import { caseCommand } from '../../domain/exit-case/case.js';
import { listCases, listInbox, listTasks } from '../../store/lists.js';
import { caseIdOf } from '../case-id.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { headerKey } from '../idempotency.js';
import { ACKNOWLEDGE, acknowledgeCase } from './notifications.js';
import { outcomeAnswer } from './outcome.js';

/** A list of the caller's own, or the answer when his session or his hour is over. */
const list = (read: (call: SignedInCall) => Promise<unknown>) => async (call: SignedInCall): Promise<Answer> => {
  try {
    return { kind: 'json', body: await read(call) };
  } catch (error) {
    return refusedBy(error);
  }
};

export const BAD_KEY: Answer = { kind: 'problem', status: 422, title: 'Nøglen kan ikke bruges', detail: 'Idempotency-Key skal være på 1 til 200 tegn uden mellemrum. Der er ikke gemt noget.' };

async function register(call: SignedInCall): Promise<Answer> {
  const key = headerKey(call.request.headers['idempotency-key']);
  if (key === false) return BAD_KEY;
  return outcomeAnswer(await execute(call.house, { token: call.visitor.token, command: 'inquiry.register', input: call.body, key }));
}

async function carryOut(call: SignedInCall): Promise<Answer> {
  const command = call.params['name'] ?? '';
  const caseId = caseIdOf(call);
  if (command === ACKNOWLEDGE) return acknowledgeCase(call);
  const known = caseCommand(command);
  if (!known || known.admission === 'staff') {
    // Only who sees the case learns that the command is unknown.
    const opened = await openCase(call.house, call.visitor.token, caseId, 'actions', [], 0);
    return opened.kind === 'open' ? outcomeAnswer({ kind: 'unknown-command' }) : opened;
  }
  const key = headerKey(call.request.headers['idempotency-key']);
  if (key === false) {
    // Only who sees the case is told what is wrong with his request.
    const opened = await openCase(call.house, call.visitor.token, caseId, 'actions', [], 0);
    return opened.kind === 'open' ? BAD_KEY : opened;
  }
  const input = carriesRefusal(command) && isObject(call.body) && !call.visitor.functions.includes('contact_point') ? await withRefusalOf(call, command, caseId, call.body) : { sent: call.body };
  if ('kind' in input) return input;
  return outcomeAnswer(await execute(call.house, { token: call.visitor.token, command, caseId, input: input.sent, key, ifMatch: call.request.headers['if-match'] }));
}

type Input = Readonly<Record<string, unknown>>;
const isObject = (body: unknown): body is Input => typeof body === 'object' && body !== null && !Array.isArray(body);

/** What is sent to have a refusal reviewed has the refusal with it, by program as by the page. An official, who is not in the case, sends nothing of it. */
async function withRefusalOf({ house, visitor }: SignedInCall, command: string, caseId: string, body: Input): Promise<{ readonly sent: Input } | Refused> {
  const opened = await openCase(house, visitor.token, caseId, 'actions', ['general'], 0);
  return opened.kind === 'open' ? { sent: withRefusal(command, opened, body) } : opened;
}

async function show(call: SignedInCall): Promise<Answer> {
  const opened = await openCase(call.house, call.visitor.token, caseIdOf(call), 'api', ALL_KINDS, NEWEST_ENTRIES, true);
  return opened.kind === 'open' ? { kind: 'json', body: caseView(opened), headers: { etag: opened.etag } } : opened;
}

async function actions(call: SignedInCall): Promise<Answer> {
  const opened = await openCase(call.house, call.visitor.token, caseIdOf(call), 'actions', []);
  if (opened.kind !== 'open') return opened;
  const body = actionsOf(opened, call.now).map(({ page: _page, ...action }) => ({ ...action, input: commandSchema(action.name) }));
  return { kind: 'json', body, headers: opened.standing === 'inbox' ? {} : { etag: opened.etag } };
}

const cases = list(async (call) => {
  const rows = await listCases(call.house.web, call.visitor.token, { closed: call.query['closed'] === 'true', limit: 200 });
  return rows.map(({ id, number, label, unit, phase, place, since, next_due }) =>
    isScreener(call.visitor.functions) ? { id, number, label, unit } : { id, number, label, unit, phase, place, since, nextDue: next_due });
});
const inbox = list(async (call) =>
  (await listInbox(call.house.web, call.visitor.token)).map(({ case_id, received_at, ends_as_double, ...row }) => ({ id: case_id, receivedAt: received_at, ...row, endsAsDouble: ends_as_double })));
const tasks = list(async (call) =>
  (await listTasks(call.house.web, call.visitor.token)).map(({ case_id, ...row }) => ({ caseId: case_id, ...row })));

export const caseApi: readonly Route[] = [
  { method: 'POST', path: '/api/v1/cases', permission: 'signed-in', purpose: 'register', audit: 'inquiry.registered', rate: 'write', handle: register },
  { method: 'GET', path: '/api/v1/cases', permission: 'signed-in', purpose: 'list', audit: 'cases.listed', rate: 'read', handle: cases },
  { method: 'GET', path: '/api/v1/cases/:id', permission: 'circle', purpose: 'api', audit: 'case.opened', rate: 'read', handle: show },
  { method: 'GET', path: '/api/v1/cases/:id/actions', permission: 'circle', purpose: 'actions', audit: 'case.opened', rate: 'read', handle: actions },
  { method: 'POST', path: '/api/v1/cases/:id/commands/:name', permission: 'circle', purpose: 'command', audit: 'case.command', rate: 'write', handle: carryOut },
  { method: 'GET', path: '/api/v1/inbox', permission: 'signed-in', purpose: 'inbox', audit: 'inbox.listed', rate: 'read', handle: inbox },
  { method: 'GET', path: '/api/v1/tasks', permission: 'signed-in', purpose: 'tasks', audit: 'tasks.listed', rate: 'read', handle: tasks },
];
