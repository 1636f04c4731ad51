import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type LaunchOptions, type Locator, type Page } from 'playwright-core';
import { parseDanishDate } from '../../src/domain/kernel/time.js';
import type { DemonstrationLogin } from '../../src/domain/reference/demonstration-people.js';
import { DEMONSTRATION_PEOPLE } from '../../src/domain/reference/demonstration-people.js';
import type { PageChecks } from './browser-checks.js';

const escaped = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);
/** A label begins like this; "(skal udfyldes)" may follow. */
const begins = (text: string): RegExp => new RegExp(`^\\s*${escaped(text)}`);

export interface DeskParts {
  readonly browser: LaunchOptions;
  readonly origin: string;
  readonly checks: PageChecks;
  /** Every text that was typed into a field, but dates and numbers. */
  readonly typed: Set<string>;
}
const isSecret = (text: string): boolean => text.length >= 8 && parseDanishDate(text) === undefined;

/** A browser of its own, with its profile on disk, where people sign in and work with mouse and keyboard alone. */
export class Desk {
  readonly page: Page;
  readonly profile: string;
  readonly #context: BrowserContext;
  readonly #parts: DeskParts;

  private constructor(context: BrowserContext, page: Page, profile: string, parts: DeskParts) {
    this.#context = context;
    this.page = page;
    this.profile = profile;
    this.#parts = parts;
  }

  static async open(parts: DeskParts): Promise<Desk> {
    const profile = mkdtempSync(path.join(os.tmpdir(), 'udvej-profile-'));
    const context = await chromium.launchPersistentContext(profile, { ...parts.browser, locale: 'da-DK', viewport: { width: 1280, height: 900 }, acceptDownloads: true });
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(10_000);
    parts.checks.listen(page);
    return new Desk(context, page, profile, parts);
  }

  /** The start page, the chooser, the person: the only address anybody types. */
  async signIn(login: DemonstrationLogin): Promise<void> {
    await this.page.goto(this.#parts.origin);
    await this.#parts.checks.look(this.page);
    const person = DEMONSTRATION_PEOPLE.find((one) => one.login === login);
    await this.press(`Fortsæt som ${person?.name ?? ''}`);
  }

  async signOut(): Promise<void> {
    await this.press('Log ud');
  }

  /** Clicks a link and waits for the page it leads to. */
  async follow(name: string, within = this.page.locator('body')): Promise<void> {
    await this.#goesOn(within.getByRole('link', { name: begins(name) }).filter({ visible: true }).first());
  }

  /** Presses a button that sends a form, and it is done. */
  async press(name: string): Promise<void> {
    await this.#send(name);
    if (await this.#cameBack()) throw new Error(`${name} was not done; the page says:\n${await this.text()}`);
  }

  /** Presses a button whose form comes back; what it says is wrong, all of it. */
  async refused(name: string): Promise<string> {
    await this.#send(name);
    if (!(await this.#cameBack())) throw new Error(`${name} was done; the page says:\n${await this.text()}`);
    return this.page.getByRole('alert').innerText();
  }

  #send(name: string): Promise<void> {
    return this.#goesOn(this.page.getByRole('button', { name: begins(name) }).filter({ visible: true }).first());
  }
  async #cameBack(): Promise<boolean> {
    return (await this.page.title()).startsWith('Fejl');
  }

  async #goesOn(control: Locator): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    loaded.catch(() => undefined);
    await this.#try(control.click());
    await loaded;
    await this.#parts.checks.look(this.page);
  }

  /** What cannot be done is told with what the page shows. */
  async #try<T>(act: Promise<T>): Promise<T> {
    try {
      return await act;
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : ''}\non this page:\n${await this.text()}`, { cause: error });
    }
  }

  /** *Mit arbejde*, and there the row of one case that says what is to be done. */
  async task(number: string, title: string): Promise<void> {
    await this.follow('Mit arbejde');
    const row = this.page.getByRole('listitem').filter({ hasText: number }).filter({ has: this.page.getByRole('heading', { name: title, exact: true }) });
    await this.#goesOn(row.first().getByRole('link').last());
  }

  async write(label: string, text: string, at = 0): Promise<void> {
    if (isSecret(text)) this.#parts.typed.add(text);
    await this.#try(this.#form.getByLabel(begins(label)).nth(at).fill(text));
  }
  async pick(label: string, option: string, at = 0): Promise<void> {
    const select = this.#form.getByLabel(begins(label)).nth(at);
    await this.#try(select.selectOption(await select.getByRole('option', { name: begins(option) }).first().getAttribute('value')));
  }
  /** One of several, under its question; `at` counts questions of the same words. */
  async choose(question: string, answer: string, at = 0): Promise<void> {
    await this.#try(this.#form.getByRole('radiogroup', { name: begins(question) }).nth(at).getByLabel(begins(answer)).first().check());
  }
  async tick(...labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.#try(this.#form.getByRole('checkbox', { name: begins(label) }).check());
  }
  /** What stands in a field now. */
  valueOf(label: string): Promise<string> {
    return this.#try(this.#form.getByLabel(begins(label)).first().inputValue());
  }
  /** What is said to be wrong at a field. */
  async errorAt(label: string): Promise<string> {
    const described = await this.#try(this.#form.getByLabel(begins(label)).first().getAttribute('aria-describedby'));
    const id = (described ?? '').split(' ').find((one) => one.endsWith('-fejl'));
    return id === undefined ? '' : this.page.locator(`[id="${id}"]`).innerText();
  }

  /** Opens what is folded away. */
  async unfold(summary: string): Promise<void> {
    await this.#try(this.page.locator('summary').filter({ hasText: summary, visible: true }).click());
  }

  /** Goes through every act that a fold on this page offers, one after the other, and comes back. */
  async leafThrough(summary: string): Promise<void> {
    const start = this.page.url();
    const links = this.page.locator('details').filter({ hasText: summary }).getByRole('link');
    for (const name of await links.allTextContents()) {
      if (this.page.url() === start) await this.unfold(summary);
      await this.follow(name, this.page.locator('details[open]'));
      await this.page.goBack({ waitUntil: 'load' });
    }
  }

  get #form(): Locator {
    return this.page.locator('main form.act-form');
  }

  /** Searches in one's own cases, as the field in the head of every page does it. */
  async search(text: string): Promise<void> {
    if (isSecret(text)) this.#parts.typed.add(text);
    const field = this.page.getByRole('searchbox').first();
    await field.fill(text);
    const loaded = this.page.waitForEvent('load');
    await field.press('Enter');
    await loaded;
    await this.#parts.checks.look(this.page);
  }

  /** Fetches a file by its link. */
  async download(link: Locator): Promise<Buffer> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), link.click()]);
    const bytes = readFileSync(await file.path());
    await file.delete();
    return bytes;
  }

  /** One case by its number, from the list of one's own; closed ones stand on a list of their own. */
  async openCase(number: string, page?: string, closed = false): Promise<void> {
    await this.follow('Sager');
    if (closed) await this.follow('Vis afsluttede sager');
    await this.follow(number);
    if (page !== undefined) await this.follow(page, this.page.getByRole('navigation', { name: 'Sagens sider' }));
  }

  /** The text of the page's middle. */
  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  /** A picture for the README's tour, taken where the test has come to; only when asked for. */
  async picture(name: string): Promise<void> {
    if (process.env['UDVEJ_SCREENSHOTS'] === undefined) return;
    const folder = new URL('../../docs/screenshots/', import.meta.url);
    await this.page.mouse.move(0, 0);
    const height = Math.min(1_150, await this.page.evaluate<number>('document.documentElement.scrollHeight'));
    await this.page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), fullPage: true, clip: { x: 0, y: 0, width: 1280, height }, animations: 'disabled' });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
