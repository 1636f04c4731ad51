import { randomUUID } from 'node:crypto';
import { safetyCardOpen } from '../domain/exit-case/card-opening.js';
import type { CaseNumber } from '../domain/kernel/case-number.js';
import type { CprNumber } from '../domain/kernel/cpr.js';
import type { Instant } from '../domain/kernel/time.js';
import { askEmergency, emergencyByNumber, emergencyByWanted, emergencyCard, myCard } from '../store/emergency.js';
import { sealNumber } from '../store/matching/sealed-number.js';
import { execute } from './execute.js';
import { type House, isRefused, type Refused, refusedBy, type UsedUp, usedUp } from './house.js';

export type EmergencyRefused =
  | Refused
  | UsedUp
  /** His last one has not been looked at: no second before that (FM-CNF-10). */
  | { readonly kind: 'unreviewed' };

export type EmergencyOutcome =
  | { readonly kind: 'open'; readonly caseId: string }
  /** The circle could not be told this reason; nothing has begun. */
  | { readonly kind: 'reason'; readonly message: string }
  /** He is in the case and reads its card there; nothing has begun. */
  | { readonly kind: 'yours'; readonly caseId: string }
  /** Nothing there, or nothing for him: he cannot tell which. */
  | { readonly kind: 'none' }
  | EmergencyRefused;

const refused = (error: unknown): EmergencyRefused => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'UV423') return { kind: 'unreviewed' };
  if (code === 'UV404') return { kind: 'absent' };
  return usedUp(error) ?? refusedBy(error);
};

/** What is wrong with a reason, by the command that tells it; undefined when nothing is. */
export const emergencyReasonFault = (reason: string): string | undefined => safetyCardOpen.input.safeParse({ reason }).error?.issues[0]?.message;

/** Tells the circle, with the reason; no card is shown before this is recorded. What falls over here goes on when he asks again. */
async function told(house: House, token: string, caseId: string | undefined, reason: string): Promise<EmergencyOutcome> {
  if (caseId === undefined) return { kind: 'none' };
  const outcome = await execute(house, { token, command: 'safetyCard.open', caseId, input: { reason } });
  if (outcome.kind === 'done') return { kind: 'open', caseId };
  // Told meanwhile by another order of his, which came at once: the card's page says whether it is open.
  if (outcome.kind === 'absent') return { kind: 'open', caseId };
  if (isRefused(outcome)) return outcome;
  throw new Error(`the circle was not told of an emergency: ${outcome.kind}`);
}

async function opened(house: House, token: string, reason: string, by: { readonly number?: string; readonly wanted?: string }, begin: () => Promise<string | undefined>): Promise<EmergencyOutcome> {
  const message = emergencyReasonFault(reason);
  if (message !== undefined) return { kind: 'reason', message };
  try {
    const mine = await myCard(house.web, token, by);
    if (mine !== undefined) return { kind: 'yours', caseId: mine };
    return await told(house, token, await begin(), reason);
  } catch (error) {
    return refused(error);
  }
}

/** A threat to life, and the case's number is at hand (FM-CNF-10). */
export const openByNumber = (house: House, token: string, number: CaseNumber, reason: string): Promise<EmergencyOutcome> =>
  opened(house, token, reason, { number }, () => emergencyByNumber(house.web, token, number));

/** Only the CPR number is at hand: a second officer is asked, and the answer is the same for every number (FM-CNF-10). */
export async function askByCpr(house: House, token: string, cpr: CprNumber): Promise<{ readonly kind: 'asked' } | EmergencyRefused> {
  const id = randomUUID();
  try {
    await askEmergency(house.web, token, id, sealNumber(house.matchKey, id, cpr));
    return { kind: 'asked' };
  } catch (error) {
    return refused(error);
  }
}

/** What a second officer has allowed. */
export const openAsked = (house: House, token: string, id: string, reason: string): Promise<EmergencyOutcome> =>
  opened(house, token, reason, { wanted: id }, () => emergencyByWanted(house.web, token, id));

/** The safety card, and how the person may be contacted; the newest of each (FM-SEC-5, FM-SEC-6). */
export interface EmergencyCard {
  readonly kind: 'card';
  readonly number: string;
  /** Whom to ask for when nobody is named. */
  readonly unit: string;
  readonly until: Instant;
  /** Whether the case has a co-ordinator who can be rung. */
  readonly attended: boolean;
  readonly safeContact?: string;
  readonly call?: string;
  readonly precautions?: string;
  readonly along?: string;
}

const CARD = ['call', 'precautions', 'along'] as const;

export async function showCard(house: House, token: string, caseId: string): Promise<EmergencyCard | Refused> {
  try {
    const rows = await emergencyCard(house.web, house.vault, token, caseId);
    const [first] = rows;
    if (first?.until === undefined) return { kind: 'absent' };
    const shown: Record<string, string> = {};
    for (const { content } of rows) {
      // The card set last is the whole card; the safe contact is agreed by itself.
      if ('call' in content) for (const field of CARD) shown[field] = typeof content[field] === 'string' ? content[field] : '';
      if (typeof content['safeContact'] === 'string') shown['safeContact'] = content['safeContact'];
    }
    return { kind: 'card', number: first.number ?? '', unit: first.unit ?? '', until: first.until, attended: first.attended === true, ...shown };
  } catch (error) {
    return refusedBy(error);
  }
}
