import { demonstrationCpr, type Sex } from '../../../domain/kernel/cpr.js';
import { knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import type { MunicipalityCode } from '../../../domain/reference/denmark.js';
import type { Candidate, Factor } from '../assessment-chapters.js';

/** Somebody whose case is told in words, with what the authorities have to build on; all of it is invented. */
export interface Told extends Candidate {
  readonly born: PlainDate;
  readonly factors: readonly Factor[];
  /** What speaks for the motivation. */
  readonly why: string;
  /** What he has already done himself. */
  readonly doing: string;
  readonly needs: string;
  readonly goal: string;
}

/** Telephone numbers in Denmark never begin with two noughts. */
const noPhone = (serial: number): string => ['00', ...[7, 13, 29].map((step) => 10 + ((serial * step) % 90))].join(' ');

type Row = Omit<Told, 'born' | 'cpr' | 'phone' | 'municipality'> & { readonly born: string; readonly sex?: Sex };

/** The people of a municipality by a short name, with numbers that can be nobody's. */
export function people<Short extends string>(
  municipality: MunicipalityCode,
  first: number,
  rows: Readonly<Record<Short, Row>>,
): Readonly<Record<Short, Told>> {
  const told = Object.entries<Row>(rows).map(([short, { born, sex = 'male', ...row }], place): [string, Told] => {
    const serial = first + place;
    return [short, { ...row, born: knownDate(born), municipality, phone: noPhone(serial), cpr: demonstrationCpr(knownDate(born), sex, serial) }];
  });
  return Object.fromEntries(told) as Record<Short, Told>;
}
