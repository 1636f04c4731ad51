import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** The checker inside @axe-core/playwright: put into a page once and asked at both widths, it takes a third of the time. */
const require = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const { source } = require('axe-core') as { readonly source: string };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROWEST = { width: 320, height: 844 };

/** What a page is, whichever case it shows: its address without ids, the parts it has (a form is one part), and whether the form came back. */
async function kindOf(page: Page): Promise<string> {
  const { pathname } = new URL(page.url());
  const address = pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/vaelg\/.+/, 'vaelg/:id');
  if (address === '/') return (await page.locator('.todo').count()) > 0 ? '/ | opgaver' : '/';
  const headings = address.includes('/goer/') ? [] : await page.locator('main h2').allInnerTexts();
  const parts = headings.map((heading) => heading.replace(/^(Grunde: |Nummer ).*/, '$1').replaceAll(/[\s\d]+/g, ' ').trim());
  // What is looked through before it is sent stands at the form's own address.
  const lookedThrough = (await page.locator('main button[name="_trin"]').count()) > 0;
  return [address, ...new Set(parts), ...(lookedThrough ? ['gennemsyn'] : []), ...((await page.title()).startsWith('Fejl') ? ['fejl'] : [])].join(' | ');
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
async function violations(page: Page): Promise<readonly string[]> {
  const options = { runOnly: TAGS, resultTypes: ['violations'] };
  const found = await page.evaluate<readonly Violation[]>(`axe.run(document, ${JSON.stringify(options)}).then((result) => result.violations)`);
  return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(' ')}`);
}

/** Looks at every kind of page once, as it comes by: accessibility at two widths, no sideways scrolling, nothing said to the console. */
export class PageChecks {
  readonly faults: string[] = [];
  readonly #seen = new Set<string>();
  /** A folder for a picture of every page at both widths, for people to look at. */
  readonly #pictures: string | undefined;

  constructor(pictures = process.env['UDVEJ_PICTURES']) {
    this.#pictures = pictures;
    if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  }

  get seen(): readonly string[] {
    return [...this.#seen].sort();
  }

  /** From now on every warning and error in the console is a fault: a forbidden style, a missing file, a script that fails. */
  listen(page: Page): void {
    page.on('console', (message) => {
      // A form that comes back is answered 422, which the browser also tells there.
      if (['error', 'warning'].includes(message.type()) && !message.text().includes('status of 422')) this.faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.faults.push(`script: ${error.message}`));
  }

  async look(page: Page): Promise<void> {
    const kind = await kindOf(page);
    if (this.#seen.has(kind)) return;
    this.#seen.add(kind);
    await page.evaluate(source);
    for (const size of [NARROWEST, PHONE, WIDE]) {
      await page.setViewportSize(size);
      const excess = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (excess > 0) this.faults.push(`${kind}: ${excess} px too wide for ${size.width}`);
      if (size === NARROWEST) continue;
      await this.#picture(page, `${size.width} ${kind}`);
      this.faults.push(...(await violations(page)).map((one) => `${kind} at ${size.width}: ${one}`));
    }
  }

  async #picture(page: Page, name: string): Promise<void> {
    if (this.#pictures === undefined) return;
    const number = String(this.#seen.size).padStart(3, '0');
    await page.screenshot({ path: path.join(this.#pictures, `${number}-${name.replaceAll(/[^\wæøå.]+/gi, '-').slice(0, 90)}.png`), fullPage: true });
  }
}
