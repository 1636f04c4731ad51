import { createHash, type KeyObject, verify } from 'node:crypto';

/** A row of the log in the words it is sealed in; null where it has none. */
export interface SealedRow {
  readonly id: string;
  /** Microseconds since 1970. */
  readonly at: string | null;
  readonly actor: string | null;
  readonly action: string | null;
  readonly caseRef: string | null;
  readonly purpose: string | null;
}

/** The log up to a row, in one number: how many rows, and what they come to. */
export interface Head {
  readonly size: number;
  readonly hash: Buffer;
}
export interface SignedHead extends Head {
  readonly keyVersion: number;
  readonly signature: Buffer;
}

const sha256 = (...parts: readonly Buffer[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const part = (text: string | null): string => (text === null ? '-' : `${Buffer.byteLength(text)}:${text}`);
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** The chain before its first row. */
export const NO_ROWS: Head = { size: 0, hash: sha256() };

/** What a row comes to. Worked out here by itself, and not asked of the database whose rows are to be checked (011_sealing.sql says the same in SQL). */
export const leafOf = ({ id, at, actor, action, caseRef, purpose }: SealedRow): Buffer => sha256(LEAF, Buffer.from([id, at, actor, action, caseRef, purpose].map(part).join('')));

export const after = ({ size, hash }: Head, leaf: Buffer): Head => ({ size: size + 1, hash: sha256(NODE, hash, leaf) });

/** The bytes that are signed: not to be taken for a signature of anything else. */
export const headBytes = ({ size, hash }: Head): Buffer => Buffer.concat([Buffer.from(`udvej log head v1 ${size} `), hash]);

export const isSigned = (head: SignedHead, keys: ReadonlyMap<number, KeyObject>): boolean => {
  const key = keys.get(head.keyVersion);
  return key !== undefined && verify(null, headBytes(head), key, head.signature);
};
