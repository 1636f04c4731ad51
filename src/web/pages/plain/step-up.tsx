import { PlainPage } from '../../answers.js';
import { type LoginLink, loginPath, safeReturnPath } from '../../login/login-paths.js';
import type { Call, SentAnswer } from '../../route.js';
import { LinkButton } from '../../ui/buttons.js';
import { KeptForm, keptFields } from './kept-form.js';

const TITLE = 'Log ind igen for at fortsætte';
const WHY = 'Det, du vil nu, må kun gøres af en, der lige har logget ind. Dit login er mere end fem minutter gammelt, eller det er ikke sikkert nok.';
/** How old a proof may be, in seconds, as RFC 9470 says it; the database decides (018_step_up.sql). */
const MAX_AGE = 300;

interface Demand {
  /** A form was sent that would be drawn again: what was typed in it stays here meanwhile. */
  readonly keeps: boolean;
  /** It was a search, whose words are kept nowhere. */
  readonly search: boolean;
  /** The page at a path, or the nearest above it. */
  readonly pageAt: (pathname: string) => string;
}

/** The page to come back to: the one that was asked for, or the one that a form was sent from, where what was to be done is said to be not done yet. */
function wayBack({ request, settings }: Pick<Call, 'request' | 'settings'>, { search: seeks, pageAt }: Demand): LoginLink {
  if (request.method === 'GET') return { returnTo: safeReturnPath(request.url) };
  const from = request.headers.referer;
  if (from === undefined || !URL.canParse(from)) return {};
  const { origin, pathname, search } = new URL(from);
  if (origin !== settings.origin) return {};
  const page = pageAt(safeReturnPath(pathname));
  return { returnTo: safeReturnPath(page === pathname ? pathname + search : page), notDone: seeks ? 'search' : 'act' };
}

/**
 * The answer to an act that needs a newer or stronger login (control 18): a link to one, never a form, and back. It is the same whatever the
 * act was about.
 */
export function stepUpPage(call: Pick<Call, 'body' | 'request' | 'settings' | 'now'>, demand: Demand): SentAnswer {
  const fields = demand.keeps ? keptFields(call.body) : undefined;
  return {
    kind: 'page',
    status: 401,
    body: (
      <PlainPage title={TITLE} now={call.now} leaves={fields !== undefined}>
        <p>{WHY}</p>
        {fields === undefined ? (
          <>
            <p>Når du har logget ind igen, kommer du tilbage til den side, du kom fra. Vælg dig selv: Et andet login bliver afvist.</p>
            <div class="tools">
              <LinkButton href={loginPath({ ...wayBack(call, demand), stepUp: true })} kind="primary">Log ind igen</LinkButton>
              <LinkButton href="/">Gå til Mit arbejde</LinkButton>
            </div>
          </>
        ) : (
          <KeptForm action={call.request.url} fields={fields} login={loginPath({ stepUp: true, notDone: 'tab' })} />
        )}
      </PlainPage>
    ),
  };
}

/** The same to a program: what is wanting, in the words of RFC 9470, and where a person gets it. */
export const stepUpProblem = (): SentAnswer => ({
  kind: 'problem', status: 401, title: TITLE, detail: WHY,
  headers: { 'www-authenticate': `Bearer error="insufficient_user_authentication", max_age="${MAX_AGE}"` },
  more: { code: 'step-up', maxAge: MAX_AGE, login: loginPath({ stepUp: true }) },
});
