import { formatCpr, parseCpr } from '../domain/kernel/cpr.js';
import { namesOf, searchOwn, shownInSearch, type IdentityRow } from '../store/identities.js';
import { type House, type Refused, refusedBy } from './house.js';

/** Who the candidate is, as far as it is known; the newest of what was recorded. */
export interface Identity {
  readonly name?: string;
  readonly alias?: string;
  readonly phone?: string;
  readonly cpr?: string;
}

const newest = (rows: readonly IdentityRow[]): Identity => {
  const identity: Record<string, string> = {};
  for (const { content } of rows) {
    for (const field of ['name', 'alias', 'phone', 'cpr'] as const) {
      const value = content[field];
      if (typeof value === 'string') identity[field] = value;
    }
  }
  const parsed = identity['cpr'] === undefined ? undefined : parseCpr(identity['cpr']);
  return { ...identity, ...(parsed && parsed.kind !== 'invalid' ? { cpr: formatCpr(parsed.number) } : {}) };
};

const byCase = (rows: readonly IdentityRow[]): ReadonlyMap<string, readonly IdentityRow[]> => {
  const cases = new Map<string, IdentityRow[]>();
  for (const row of rows) cases.set(row.caseId, [...(cases.get(row.caseId) ?? []), row]);
  return cases;
};

/** *Vis navne*: the identities of at most 25 of the caller's own cases, each showing a row in the log (access.md). */
export async function showNames(house: House, token: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, Identity> | Refused> {
  try {
    const rows = byCase(await namesOf(house.web, house.vault, token, caseIds));
    return new Map([...rows].map(([id, one]) => [id, newest(one)]));
  } catch (error) {
    return refusedBy(error);
  }
}

export interface Hit {
  readonly caseId: string;
  readonly number: string;
  readonly label: string;
  readonly identity: Identity;
}

const plain = (text: string): string => text.toLocaleLowerCase('da-DK').normalize('NFC').replace(/[\s-]+/g, '');
const HITS = 25;

/** Looks for a name, number, alias or phone in the caller's own cases, and in those alone (FM-INT-4, FM-CNF-3). */
export async function searchMine(house: House, token: string, text: string): Promise<readonly Hit[] | Refused> {
  const wanted = plain(text);
  try {
    const rows = await searchOwn(house.web, house.vault, token);
    if (wanted.length < 2) return [];
    const hits = [...byCase(rows)].flatMap(([caseId, some]): readonly Hit[] => {
      const identity = newest(some);
      const { number = '', label = '' } = some[0] ?? {};
      const found = [identity.name, identity.alias, identity.phone, identity.cpr, number].some((one) => one !== undefined && plain(one).includes(wanted));
      return found ? [{ caseId, number, label, identity }] : [];
    }).slice(0, HITS);
    await shownInSearch(house.web, token, hits.map((hit) => hit.caseId));
    return hits;
  } catch (error) {
    return refusedBy(error);
  }
}
