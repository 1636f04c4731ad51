import { afterAll, beforeAll, it } from 'vitest';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { inboxCase, takenCase } from './support/house.js';
import { type TestWeb, testWeb } from './support/web.js';
let web: TestWeb;
beforeAll(async () => { web = await testWeb(); });
afterAll(() => web.close());
it('look', async () => {
  await web.app.listen({ host: '127.0.0.1', port: 3999 });
  const out = '/work/tmp/shots'; mkdirSync(out, { recursive: true });
  const inbox = await inboxCase(web.house);
  const id = await takenCase(web.house);
  await web.house.does('municipal', id, 'journal.add', { text: 'Ringede kl. 16.05. Han vil gerne mødes på torsdag.', kind: 'personal', phone: true });
  const b = await chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox', '--disable-gpu'], headless: true });
  for (const [width, height] of [[1280, 900], [390, 844]] as const) {
    for (const [who, url, name] of [['police', '/', 'mit-arbejde'], ['police', '/sager', 'sager'], ['municipal', '/ny-henvendelse', 'ny'], ['police', `/indbakke/${inbox}`, 'tag'], ['municipal', `/sager/${id}`, 'sag'], ['municipal', `/sager/${id}/journal`, 'journal'], ['municipal', `/sager/${id}/goer/journal.add`, 'notat'], ['officialKl', '/tal', 'tal']] as const) {
      const c = await b.newContext({ viewport: { width, height }, locale: 'da-DK' });
      await c.addCookies([{ name: 'udvej', value: web.house.tokens[who], url: 'http://127.0.0.1:3999' }]);
      const p = await c.newPage(); p.on('console', (m) => console.log(name, m.type(), m.text()));
      await p.goto('http://127.0.0.1:3999' + url); await p.screenshot({ path: `${out}/${name}-${width}.png`, fullPage: true }); await c.close();
    }
  }
  await b.close();
}, 120000);
