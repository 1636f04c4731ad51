import { formatCpr, parseCpr } from '../domain/kernel/cpr.js';
import { namesBehindMatch, namesInOverview, namesOf, ownCases, searchOwn, shownInSearch, type IdentityRow } from '../store/identities.js';
import { type House, notedIfLimited, type Refused, refusedBy } from './house.js';

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
    return notedIfLimited(house, token, caseIds[0], 'names', error);
  }
}

/** *Vis navne* at the contact point's desk: the identities of at most 25 cases that stand in the overview, each showing a row in the log (access.md). */
export async function showOverviewNames(house: House, token: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, Identity> | Refused> {
  try {
    const rows = byCase(await namesInOverview(house.web, house.vault, token, caseIds));
    return new Map([...rows].map(([id, one]) => [id, newest(one)]));
  } catch (error) {
    return notedIfLimited(house, token, undefined, 'names', error);
  }
}

/** The persons behind a match, with the numbers of their cases; empty when nobody has allowed it (FM-INT-3, control 17). */
export async function showMatch(house: House, token: string, match: string): Promise<readonly { readonly number: string; readonly identity: Identity }[] | Refused> {
  try {
    const rows = byCase(await namesBehindMatch(house.web, house.vault, token, match));
    return [...rows.values()].map((one) => ({ number: one[0]?.number ?? '', identity: newest(one) }));
  } catch (error) {
    return refusedBy(error);
  }
}

export interface Hit {
  readonly caseId: string;
  readonly number: string;
  readonly label: string;
  readonly phase: string;
  readonly identity: Identity;
}

const plain = (text: string): string => text.toLocaleLowerCase('da-DK').normalize('NFC').replace(/[\s\-“”„"]+/g, '');
const HITS = 25;

/** Looks through the caller's own cases, and those alone; the look and each hit leave a row in the log (FM-CNF-3). */
async function lookThroughMine(house: House, token: string, fits: (one: Hit) => boolean): Promise<readonly Hit[] | Refused> {
  try {
    const identities = byCase(await searchOwn(house.web, house.vault, token));
    const hits = (await ownCases(house.web, token))
      .map(({ id, ...head }): Hit => ({ caseId: id, ...head, identity: newest(identities.get(id) ?? []) })).filter(fits).slice(0, HITS);
    await shownInSearch(house.web, token, hits.map((hit) => hit.caseId));
    return hits;
  } catch (error) {
    return notedIfLimited(house, token, undefined, 'search', error);
  }
}

/** Looks for a name, alias, phone, CPR number, case number or label (FM-INT-4). */
export function searchMine(house: House, token: string, text: string): Promise<readonly Hit[] | Refused> {
  const wanted = plain(text);
  return lookThroughMine(house, token, ({ identity: { name, alias, phone, cpr }, number, label }) =>
    wanted.length >= 2 && [name, alias, phone, cpr, number, label].some((one) => one !== undefined && plain(one).includes(wanted)));
}

const wordsIn = (text: string): readonly string[] => text.toLocaleLowerCase('da-DK').normalize('NFC').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** One name says no more than the other: every word of the shorter begins a word of the longer, 'emil s' and 'Emil Åge Sandbjerg'. */
const alikeNames = (one: string, other: string): boolean => {
  const [few = [], many = []] = [wordsIn(one), wordsIn(other)].sort((a, b) => a.length - b.length);
  return few.length > 0 && few.join('').length >= 2 && few.every((word) => many.some((longer) => longer.startsWith(word) || word.startsWith(longer)));
};
/** Numbers are compared once there is enough of them to tell people apart. */
const alikeDigits = (typed: string | undefined, known: string | undefined): boolean => {
  const wanted = plain(typed ?? '');
  return wanted.length >= 6 && known !== undefined && plain(known).includes(wanted);
};

/** The caller's own cases that a person about to be registered may be in already: name, alias, CPR number or phone is like it (FM-INT-4). */
export function similarToMine(house: House, token: string, typed: Identity): Promise<readonly Hit[] | Refused> {
  const called = [typed.name, typed.alias].filter((one) => one !== undefined);
  return lookThroughMine(house, token, ({ identity }) =>
    called.some((one) => [identity.name, identity.alias].some((known) => known !== undefined && alikeNames(one, known)))
    || alikeDigits(typed.cpr, identity.cpr) || alikeDigits(typed.phone, identity.phone));
}
