import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '../../src/web/ui/render.js';
import { launchChromium } from '../support/chromium.js';
import { serveFrame } from '../support/frame-server.js';
import type { FrameServer } from '../support/frame-server.js';
import { SearchSink } from '../support/kitchen-forms.js';
import { CaseKitchenSink } from '../support/kitchen-case.js';
import { KitchenSink } from '../support/kitchen-sink.js';

const PAGES = {
  '/': renderPage(KitchenSink({})),
  '/sager': renderPage(CaseKitchenSink({})),
  '/sager/1': renderPage(CaseKitchenSink({ compact: true })),
  '/ligner': renderPage(SearchSink({ found: 'UV-7K3M-9QX ligner denne person.' })),
  '/ny-henvendelse': renderPage(SearchSink({ found: '' })),
};

let browser: Browser;
let server: FrameServer;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), serveFrame(PAGES)]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'da-DK', baseURL: server.address });
  page = await context.newPage();
});
afterEach(() => context.close());

const posts = (path: string): number => server.posts.filter((one) => one === path).length;

describe.each(['/', '/sager', '/sager/1'])('the page %s', (path) => {
  it.each([1280, 768, 390, 320])('is free of accessibility faults and fits a screen of %i pixels', async (width) => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.setViewportSize({ width, height: 900 });
    await page.goto(path);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});

describe('the privacy screen', () => {
  const seen = () => page.locator('main').isVisible();

  it.each([
    ['the button', () => page.getByRole('button', { name: 'Skærm' }).click()],
    ['Alt+Shift+S', () => page.keyboard.press('Alt+Shift+KeyS')],
  ])('blanks page and title by %s, until one goes on', async (_, act) => {
    await page.goto('/sager');
    await act();
    expect(await page.title()).toBe('Pause');
    expect(await seen()).toBe(false);
    await page.keyboard.press('Escape');
    expect(await seen()).toBe(false);
    await page.getByRole('button', { name: 'Fortsæt' }).click();
    expect(await page.title()).toBe('Sag UV-7K3M-9QX – Udvej');
    expect(await seen()).toBe(true);
  });

  it('stays over a reload, and keeps nothing but on or off in the browser', async () => {
    await page.goto('/sager');
    await page.keyboard.press('Alt+Shift+KeyS');
    await page.reload();
    expect(await page.title()).toBe('Pause');
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).toBe(
      '[{},{"udvej-skaerm":"on"}]',
    );
  });

  it('is there before anything of the next page is painted, also while the scripts that draw it are late (FM-CNF-8)', async () => {
    await page.goto('/sager');
    await page.keyboard.press('Alt+Shift+KeyS');
    await page.route('**/assets/udvej.js', (route) => route.abort());
    await page.goto('/');
    expect(await seen()).toBe(false);
    await page.unroute('**/assets/udvej.js');
    await page.reload();
    await page.getByRole('button', { name: 'Fortsæt' }).click();
    expect(await seen()).toBe(true);
  });

  it('leads to a neutral page where scripts do not run', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: server.address });
    const bare = await plain.newPage();
    await bare.goto('/sager');
    await bare.getByText('Skærm', { exact: true }).click();
    expect(await bare.title()).toBe('Pause');
    expect(await bare.locator('body').innerText()).toBe('Pause\n\nFortsæt');
    await plain.close();
  });
});

describe('shortcuts', () => {
  it('lead where the menu leads', async () => {
    await page.goto('/sager');
    await page.keyboard.type('gw');
    await page.waitForURL('/');
    await page.keyboard.type('gs');
    await page.waitForURL('/sager');
  });

  it('are letters like others while somebody types', async () => {
    await page.goto('/sager');
    await page.keyboard.press('/');
    await page.keyboard.type('ngw');
    expect(await page.getByRole('searchbox').inputValue()).toBe('ngw');
    expect(new URL(page.url()).pathname).toBe('/sager');
  });

  it('can be turned off, and on again from the footer', async () => {
    await page.goto('/sager');
    await page.keyboard.press('?');
    await page.getByLabel('Brug genvejstaster').uncheck();
    await page.getByRole('button', { name: 'Luk' }).click();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('JSON.stringify({ ...localStorage })')).toBe('{"udvej-genveje":"off"}');
    await page.getByRole('link', { name: 'Genvejstaster' }).click();
    expect(await page.getByLabel('Brug genvejstaster').isChecked()).toBe(false);
  });
});

describe('the idle warning', () => {
  beforeEach(async () => {
    await page.clock.install();
    await page.goto('/ny-henvendelse');
  });
  const warning = () => page.getByRole('alertdialog', { name: 'Er du her stadig?' });

  it('comes after 13 quiet minutes, not before, and says what will be kept', async () => {
    await page.clock.fastForward('12:50');
    expect(await warning().isVisible()).toBe(false);
    await page.clock.fastForward('00:20');
    expect(await warning().innerText()).toContain('Du har ikke noget på denne side, der går tabt.');
  });

  it('keeps the session when one says so', async () => {
    const before = posts('/session');
    await page.clock.fastForward('13:10');
    await page.getByRole('button', { name: 'Ja, fortsæt' }).click();
    await warning().waitFor({ state: 'hidden' });
    expect(posts('/session')).toBe(before + 1);
    await page.clock.fastForward('03:00');
    expect(new URL(page.url()).pathname).toBe('/ny-henvendelse');
  });

  it('keeps the session while somebody types', async () => {
    const before = posts('/session');
    await page.clock.fastForward('05:00');
    await Promise.all([page.waitForResponse('**/session'), page.getByLabel('Navn').fill('E')]);
    expect(posts('/session')).toBe(before + 1);
    await page.clock.fastForward('12:00');
    expect(await warning().isVisible()).toBe(false);
    await page.clock.fastForward('01:10');
    expect(await warning().innerText()).toContain('Det, du har skrevet på denne side og ikke sendt endnu, går tabt');
  });

  it('leaves the page after 15 minutes', async () => {
    await Promise.all([page.waitForURL('/'), page.clock.fastForward('15:10')]);
    expect(new URL(page.url()).pathname).toBe('/');
  });
});

describe('a form', () => {
  it('is sent once, however often the button is pressed', async () => {
    const before = posts('/paamind');
    await page.goto('/');
    await page.getByRole('button', { name: 'Send en påmindelse' }).dblclick();
    await page.waitForFunction('document.querySelector("form.is-sending") !== null');
    expect(posts('/paamind')).toBe(before + 1);
  });

  it('takes the reader to what is wrong, and from there to the field', async () => {
    await page.goto('/');
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
    await page.getByRole('link', { name: 'Vælg mindst én slags' }).click();
    expect(await page.evaluate('document.activeElement.name')).toBe('kinds');
  });

  it('searches 400 ms after the last letter, and shows what was found', async () => {
    await page.clock.install({ time: '2026-11-23T10:00:00' });
    await page.goto('/ny-henvendelse');
    await page.clock.pauseAt('2026-11-23T10:01:00');
    await page.getByLabel('Navn').pressSequentially('Emil');
    await page.clock.runFor(399);
    expect(posts('/ligner')).toBe(0);
    await Promise.all([page.waitForResponse('**/ligner'), page.clock.runFor(1)]);
    await page.getByText('UV-7K3M-9QX ligner denne person.').waitFor();
    expect(posts('/ligner')).toBe(1);
  });

  it('searches by its button where scripts do not run', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: server.address });
    const bare = await plain.newPage();
    await bare.goto('/ny-henvendelse');
    await bare.getByLabel('Navn').fill('Emil');
    await bare.getByRole('button', { name: 'Søg i mine sager' }).click();
    expect(await bare.getByText('UV-7K3M-9QX ligner denne person.').isVisible()).toBe(true);
    await plain.close();
  });
});
