import { refusedBy } from '../../app/house.js';
import { nationalFigures } from '../../app/statistics.js';
import { plainDate } from '../../domain/kernel/time.js';
import { instant } from '../../domain/kernel/time.js';
import type { Answer, Route, SignedInCall } from '../route.js';

const BAD_DATE: Answer = { kind: 'problem', status: 422, title: 'Datoen kunne ikke læses', detail: 'Skriv datoer som 2019-01-14, med from før asOf.' };

/** The official figures for a period and as of a day, both included (FM-STA-1); unsuppressed, and so for the contact point alone (FM-STA-4). */
async function statistics(call: SignedInCall): Promise<Answer> {
  const from = plainDate(call.query['from'] ?? '2015-04-01');
  const asOf = plainDate(call.query['asOf'] ?? '');
  const drawn = call.query['drawn'] === undefined ? call.now : instant(call.query['drawn']);
  if (!from || !asOf || !drawn || from > asOf) return BAD_DATE;
  try {
    return { kind: 'json', body: await nationalFigures(call.house, call.visitor.token, from, asOf, drawn) };
  } catch (error) {
    return refusedBy(error);
  }
}

export const statisticsApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/statistics', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: statistics },
];
