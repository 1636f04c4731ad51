import type { Call, Route, SentAnswer } from '../route.js';

/** Ready when the database answers and knows its tables. */
async function ready({ house }: Call): Promise<SentAnswer> {
  try {
    await house.web.query('select sec.ctx_user()');
    return { kind: 'json', body: { ready: true } };
  } catch {
    return { kind: 'problem', status: 503, title: 'Ikke klar', detail: 'Databasen svarer ikke endnu.' };
  }
}

export const healthApi: readonly Route[] = [
  { method: 'GET', path: '/healthz', permission: 'public', purpose: 'alive', audit: 'none: no case data', rate: 'unlimited', handle: () => ({ kind: 'json', body: { alive: true } }) },
  { method: 'GET', path: '/readyz', permission: 'public', purpose: 'ready', audit: 'none: no case data', rate: 'unlimited', handle: ready },
];
