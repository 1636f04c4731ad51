import { type DemonstrationLogin, DEMONSTRATION_PEOPLE } from '../../../domain/reference/demonstration-people.js';
import type { Worker } from '../case-script.js';
import { inCustody, inFreedom } from '../unit-cast.js';

const BY_LOGIN = Object.fromEntries(DEMONSTRATION_PEOPLE.map((one) => [one.login, one])) as Readonly<
  Record<DemonstrationLogin, Worker>
>;

/** Somebody one can log in as. */
export const worker = (login: DemonstrationLogin): Worker => BY_LOGIN[login];

export const VESTEGNEN = inFreedom(worker('politi.vestegnen'), worker('ishoj.koordinator'), worker('kif.vestegnen'));
/** The second persons of each authority. */
export const VESTEGNEN_SECOND = inFreedom(worker('politi.vestegnen.2'), worker('ishoj.koordinator.2'), worker('kif.vestegnen.2'));
export const FYN = inFreedom(worker('politi.fyn'), worker('odense.koordinator'), worker('kif.fyn'));
export const DFK = inCustody(worker('dfk.exit'), worker('politi.fyn'));
