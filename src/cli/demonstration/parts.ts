import type { House } from '../../app/house.js';
import type { Pool } from '../../store/postgres/pools.js';

/** What a demonstration is filled with the help of. */
export interface DemonstrationParts {
  readonly house: House;
  readonly login: Pool;
  /** The URL of one who may become `udvej_owner`: looks up what was carried out, and puts people into the staff directory. */
  readonly superuser: string;
  /** Who asserts the demonstration logins. */
  readonly issuer: string;
  /** Aborted when the end is wished for: no further command begins. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}
