import { parseCpr } from '../../domain/kernel/cpr.js';
import type { BodyDraft } from '../../domain/kernel/command.js';
import { Prose } from '../../domain/kernel/prose-text.js';
import type { PoolClient } from '../postgres/pools.js';
import { sealNumber } from './sealed-number.js';

/** The CPR numbers among what is recorded of the person's identity, as ten digits however they were written. */
const numbersIn = (bodies: readonly BodyDraft[]): readonly string[] =>
  bodies.flatMap(({ scope, content: { cpr } }) => {
    const parsed = scope.kind === 'identity' && cpr instanceof Prose ? parseCpr(Prose.read(cpr)) : undefined;
    return parsed === undefined || parsed.kind === 'invalid' ? [] : [parsed.number];
  });

/**
 * Hands the numbers of a command over for matching, sealed for the worker, as a part of the command's transaction (FM-INT-3).
 * @param receiver the worker's public key, 32 bytes
 */
export async function submitNumbers(client: PoolClient, receiver: Buffer, caseId: string, drafts: readonly { readonly bodies?: readonly BodyDraft[] }[]): Promise<void> {
  for (const number of numbersIn(drafts.flatMap(({ bodies = [] }) => bodies))) {
    await client.query({ name: 'submit-number', text: 'select match.submit($1)', values: [sealNumber(receiver, caseId, number)] });
  }
}
