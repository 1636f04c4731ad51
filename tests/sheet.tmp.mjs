import packaged from '@sparticuz/chromium'; import { chromium } from 'playwright-core'; import { readFileSync } from 'node:fs';
const [out, width, ...files] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: await packaged.executablePath(), args: ['--no-sandbox','--disable-gpu'], headless: true });
const p = await b.newPage({ viewport: { width: Number(width) * Math.min(files.length, 10) + 10 * files.length, height: 800 } });
await p.setContent('<body style="margin:0;display:flex;gap:10px;align-items:flex-start;background:#888">' + files.map((f) => `<img style="width:${width}px" src="data:image/png;base64,${readFileSync(f).toString('base64')}">`).join('') + '</body>');
await p.screenshot({ path: out, fullPage: true }); await b.close();
