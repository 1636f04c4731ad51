import { allColleagues, namesOfColleagues } from '../store/lists.js';
import type { Colleague, StaffMember } from '../store/staff.js';
import type { House } from './house.js';

/** Longest a name on screen may be out of date. Rules never ask here: they look colleagues up in their own transaction. */
const KEPT_MS = 60_000;

/** Names of colleagues for screens and lists to choose from; holds nothing of any case. */
export class StaffDirectory {
  #all: readonly Colleague[] = [];
  #byId = new Map<string, StaffMember>();
  #working: ReadonlySet<string> = new Set();
  #until = 0;
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  async all(token: string): Promise<readonly Colleague[]> {
    if (this.#until < performance.now()) {
      // One looks; whoever comes meanwhile goes on with what was known a moment ago.
      if (this.#all.length > 0) this.#until = performance.now() + KEPT_MS;
      await this.#look(token).catch((error: unknown) => {
        this.#until = 0;
        throw error;
      });
    }
    return this.#all;
  }

  async #look(token: string): Promise<void> {
    const found = await allColleagues(this.#house.web, token);
    // Nobody at all: the session of who looked is over, and what was known stands until the next one looks.
    if (found.length === 0) {
      this.#until = 0;
      return;
    }
    this.#all = [...found].sort((a, b) => DANISH.compare(a.name, b.name));
    this.#byId = new Map<string, StaffMember>(this.#all.map((one) => [one.id, one]));
    this.#working = new Set(this.#byId.keys());
    this.#until = performance.now() + KEPT_MS;
  }

  /** The ids of all who have not left; made once, for a page of a case asks for a handful of ten thousand. */
  async working(token: string): Promise<ReadonlySet<string>> {
    await this.all(token);
    return this.#working;
  }

  /** The people behind some ids, those who have left too. */
  async named(token: string, ids: readonly string[]): Promise<ReadonlyMap<string, StaffMember>> {
    await this.all(token);
    const missing = ids.filter((id) => !this.#byId.has(id));
    if (missing.length > 0) for (const [id, one] of await namesOfColleagues(this.#house.web, token, missing)) this.#byId.set(id, one);
    return this.#byId;
  }
}

const DANISH = new Intl.Collator('da');
