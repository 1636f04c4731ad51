import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LaunchOptions } from 'playwright-core';
import { addDays, formatDate, type PlainDate } from '../../src/domain/kernel/time.js';
import type { DemonstrationLogin } from '../../src/domain/reference/demonstration-people.js';
import { PageChecks } from './browser-checks.js';
import { Desk } from './browser-desk.js';
import { type BrowserHouse, browserHouse } from './browser-house.js';
import { chromiumOptions } from './chromium.js';

/** Who has a browser of his own; everybody else takes turns at a shared one. */
const OWN_DESK: readonly DemonstrationLogin[] = ['politi.vestegnen', 'ishoj.koordinator', 'kif.vestegnen'];

/** The house, its people's browsers and a calendar. What programs put into temporary files lies in a folder of its own. */
export class Office {
  readonly house: BrowserHouse;
  readonly checks = new PageChecks();
  readonly typed = new Set<string>();
  readonly temporary: string;
  readonly #browser: LaunchOptions;
  #today: PlainDate;
  readonly #desks = new Map<string, Desk>();
  #guest: DemonstrationLogin | undefined;
  readonly #tmpdir = process.env['TMPDIR'];

  private constructor(house: BrowserHouse, browser: LaunchOptions, today: PlainDate, temporary: string) {
    this.house = house;
    this.#browser = browser;
    this.#today = today;
    this.temporary = temporary;
  }

  static async open(today: PlainDate): Promise<Office> {
    // The browser unpacks itself where temporary files lie: once for all runs, not into the folder that is looked through.
    const browser = await chromiumOptions();
    const office = new Office(await browserHouse(today), browser, today, mkdtempSync(path.join(os.tmpdir(), 'udvej-office-')));
    process.env['TMPDIR'] = office.temporary;
    return office;
  }

  /** A day from today, as one writes it. */
  day(days = 0): string {
    return formatDate(addDays(this.#today, days));
  }
  pass(days: number): void {
    this.#today = addDays(this.#today, days);
    this.house.goTo(this.#today);
  }

  /** Somebody signed in at his desk. */
  async at(login: DemonstrationLogin): Promise<Desk> {
    const own = OWN_DESK.includes(login);
    const name = own ? login : 'guest';
    const desk = this.#desks.get(name) ?? (await Desk.open({ browser: this.#browser, origin: this.house.origin, checks: this.checks, typed: this.typed }));
    if (!this.#desks.has(name)) {
      this.#desks.set(name, desk);
      await desk.signIn(login);
    } else if (!own && this.#guest !== login) {
      await desk.signOut();
      await desk.signIn(login);
    }
    if (!own) this.#guest = login;
    return desk;
  }

  /** Closes every browser; the folders of their profiles stay to be looked through. */
  async closeDesks(): Promise<readonly string[]> {
    const desks = [...this.#desks.values()];
    this.#desks.clear();
    for (const desk of desks) await desk.close();
    return desks.map((desk) => desk.profile);
  }

  async close(): Promise<void> {
    await this.closeDesks();
    if (this.#tmpdir === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = this.#tmpdir;
    await this.house.close();
    rmSync(this.temporary, { recursive: true, force: true });
  }
}
