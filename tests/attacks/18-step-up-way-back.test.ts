import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAt } from '../../src/web/step-up.js';
import { csrfToken, formToken } from '../../src/web/visitor.js';
import { takenCase } from '../support/house.js';
import { hashed, type LoginWeb, loginWeb, type Reply, tokenIn } from '../support/login-web.js';
import { people } from '../support/people.js';

let web: LoginWeb;
let asked: string;
beforeAll(async () => {
  web = await loginWeb();
  const { house } = web;
  asked = await takenCase(house);
  await house.does('police', asked, 'assessment.begin');
  await house.does('municipal', asked, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  const [row] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [asked]);
  await house.does('officialKl', asked, 'contactPoint.takeQuestion', { question: row?.id });
});
afterAll(() => web.close());

/** An official who came in six minutes ago. */
async function stale(): Promise<string> {
  const token = tokenIn(await web.through('/login', undefined, web.claimsOf('officialKl'))) ?? '';
  await web.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where token_hash = $1`, [hashed(token)]);
  await web.house.db.superuser(`delete from audit.event where action = 'step-up.begun'`);
  return token;
}
const linkIn = (reply: Reply): string => (/href="(\/login\?[^"]*igen=[^"]*)"/.exec(reply.body)?.[1] ?? '').replaceAll('&amp;', '&');
/** Where he comes to by a link, and what is said to him there. */
async function comesBack(token: string, link: string) {
  const back = await web.through(link, token, web.claimsOf('officialKl'));
  const [renewed, said] = [tokenIn(back) ?? '', back.cookies.find(({ name }) => name === 'udvej-sagt')?.value ?? ''];
  const to = String(back.headers.location);
  return { to, reply: await web.get(renewed, to, { cookie: `udvej=${renewed}; udvej-sagt=${said}` }) };
}

describe('Control 18: where somebody comes to when he has proved himself anew', () => {
  it('in the tab that he did it in, for a form that waits in another: to what says so, and nothing is carried out by it', async () => {
    const token = await stale();
    const typed = { number: 'UV-7K3M-9QX', on: '1. oktober 2026', what: 'record' };
    const waiting = await web.post(token, '/tal/registreret-igen', { _csrf: formToken(web.settings.csrfKey, { token, user: people.officialKl.user }), ...typed });
    expect([waiting.statusCode, linkIn(waiting)]).toEqual([401, '/login?igen=faneblad']);
    const { to, reply } = await comesBack(token, linkIn(waiting));
    expect([to, reply.statusCode, reply.body.includes('Du har bekræftet, hvem du er. Gå tilbage til det andet faneblad, og tryk på “Fortsæt”.')]).toEqual(['/', 200, true]);
    for (const word of ['UV-7K3M-9QX', '1. oktober 2026', 'Tryk på knappen igen']) expect(reply.body).not.toContain(word);
    expect(await web.house.db.superuser('select 1 from stat.re_registration')).toEqual([]);
  });

  it('from a page that came as the answer to a form, and has no address of its own: to the page above it, where he is told to press again', async () => {
    const token = await stale();
    const from = `${web.settings.origin}/sager/${asked}/navne`;
    // Names are shown in answer to a form; there is no page at its address.
    expect((await web.get(token, `/sager/${asked}/navne`)).statusCode).toBe(404);
    const demanded = await web.post(token, `/sager/${asked}/navne`, { _csrf: csrfToken(web.settings.csrfKey, token) }, { referer: from });
    const { to, reply } = await comesBack(token, linkIn(demanded));
    expect([to, reply.statusCode, reply.body.includes('Du har bekræftet, hvem du er. Tryk på knappen igen, så sker det.')]).toEqual([`/sager/${asked}`, 200, true]);
  });

  it('from a page that has one: to that very page, with what it was narrowed to', async () => {
    const token = await stale();
    const from = '/overblik?enhed=fyn';
    const demanded = await web.post(token, '/overblik', { _csrf: csrfToken(web.settings.csrfKey, token) }, { referer: web.settings.origin + from });
    expect(new URL(linkIn(demanded), web.settings.origin).searchParams.get('til')).toBe(from);
  });

  it('always to a page, whatever address a form was sent to or from', () => {
    const pages = web.routes.filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'));
    expect(pages.length).toBeGreaterThan(30);
    for (const { path } of web.routes.filter((one) => !one.path.startsWith('/api/'))) {
      const address = path.replaceAll(/:[a-z]+/gi, 'x');
      const found = pageAt(web.routes, address);
      const isOne = pages.some((page) => new RegExp(`^${page.path.replaceAll(/:[a-z]+/gi, '[^/]+')}$`).test(found));
      expect([path, isOne, address.startsWith(found)]).toEqual([path, true, true]);
    }
    expect([pageAt(web.routes, '/sager/x/navne'), pageAt(web.routes, '/sammenfald/x/navne'), pageAt(web.routes, '/ny-henvendelse/ligner'), pageAt(web.routes, '/nowhere/at/all'), pageAt(web.routes, '/'), pageAt(web.routes, '')])
      .toEqual(['/sager/x', '/sammenfald/x', '/ny-henvendelse', '/', '/', '/']);
  });
});
