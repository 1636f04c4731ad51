import type { Call, Route, SentAnswer } from '../route.js';

/** Ready when the database answers and knows its tables; no more once the program is to end, so that whoever shares out requests turns to others. */
async function ready({ house, settings }: Call): Promise<SentAnswer> {
  if (settings.ending?.aborted) return { kind: 'problem', status: 503, title: 'Ikke klar', detail: 'Udvej er ved at stoppe.' };
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
