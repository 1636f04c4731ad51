/** A cookie with the path that decides where it is sent. */
interface Kept {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

export interface Visit {
  /** Sent as a form, by POST. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser does between pages, without one: keeps cookies by path, follows redirects, posts forms. */
export class BrowserJar {
  readonly #origin: string;
  #kept: readonly Kept[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** One request; redirects are not followed. `address` may be a path. */
  async visit(address: string, { form, headers = {} }: Visit = {}): Promise<Response> {
    const url = new URL(address, this.#origin);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...this.#sentTo(url), ...headers },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, url);
    return response;
  }

  /** Goes on while answers lead on within the site; the last answer. */
  async follow(response: Response): Promise<Response> {
    let last = response;
    for (let steps = 0; steps < 10; steps += 1) {
      const location = last.headers.get('location');
      if (location === null) return last;
      const next = new URL(location, last.url);
      if (next.origin !== this.#origin) throw new Error(`led away to ${next.origin}`);
      last = await this.visit(next.href);
    }
    throw new Error('redirected ten times');
  }

  /** The value of a cookie, whatever its path. */
  cookie(name: string): string | undefined {
    return this.#kept.find((one) => one.name === name)?.value;
  }

  setCookie(name: string, value: string): void {
    this.#keep(`${name}=${value}; Path=/`, new URL(this.#origin));
  }

  #sentTo({ pathname }: URL): { cookie?: string } {
    const under = (path: string) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
    const sent = this.#kept.filter(({ path }) => under(path)).map(({ name, value }) => `${name}=${value}`);
    return sent.length === 0 ? {} : { cookie: sent.join('; ') };
  }

  #keep(line: string, from: URL): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name, value] = splitOnce(pair);
    const said = new Map(attributes.map(splitOnce).map(([key, text]) => [key.toLowerCase(), text]));
    const path = said.get('path') ?? (from.pathname.replace(/\/[^/]*$/, '') || '/');
    const gone = said.get('max-age') === '0' || Date.parse(said.get('expires') ?? '') < Date.now();
    this.#kept = [
      ...this.#kept.filter((one) => one.name !== name || one.path !== path),
      ...(gone ? [] : [{ name, path, value }]),
    ];
  }
}

const splitOnce = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

/** Logs in as somebody of the demonstration, page by page; the answer that the login ended in, not followed. */
export async function signIn(browser: BrowserJar, login: string, start = '/login'): Promise<Response> {
  const choice = await browser.follow(await browser.visit(start));
  const action = /<form method="post" action="([^"]+)"/.exec(await choice.text())?.[1];
  if (action === undefined) throw new Error(`${start} does not lead to a choice of persons: ${choice.status} ${choice.url}`);
  let answer = await browser.visit(action, { form: { login } });
  while (answer.headers.get('location')?.includes('/demo-login/') === true)
    answer = await browser.visit(answer.headers.get('location') ?? '');
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`the choice of ${login} was not taken: ${answer.status}`);
  return browser.visit(back);
}
