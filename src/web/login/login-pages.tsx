import type { ComponentChildren } from 'preact';
import { instantFromEpoch } from '../../domain/kernel/time.js';
import { LinkButton } from '../ui/buttons.js';
import { Layout, PageHead } from '../ui/layout.js';
import { renderPage } from '../ui/render.js';
import type { LoginRefusal } from './client.js';
import { loginPath, type NotDone } from './login-paths.js';

interface PageProps {
  readonly title: string;
  /** A line under the heading. */
  readonly lead?: string;
  readonly demonstration: boolean;
  readonly children: ComponentChildren;
}

/** A page for somebody who is not logged in: neither menu nor name. */
export const LoginPage = ({ title, lead, demonstration, children }: PageProps) => (
  <Layout title={title} nav={[]} now={instantFromEpoch(Date.now())} demonstration={demonstration}>
    <PageHead title={title}>{lead}</PageHead>
    {children}
  </Layout>
);

/** Several identity providers: the person knows which is his. */
export const issuerChoicePage = (labels: readonly string[], returnTo: string, demonstration: boolean): string =>
  renderPage(
    <LoginPage title="Log ind" lead="Vælg, hvor du har dit login." demonstration={demonstration}>
      <ul class="no-max-width plain-list can">
        {labels.map((label, index) => (
          <li key={label}>
            <div>
              <strong>{label}</strong>
            </div>
            <LinkButton href={loginPath({ issuer: index + 1, returnTo })} context={`hos ${label}`}>
              Log ind
            </LinkButton>
          </li>
        ))}
      </ul>
    </LoginPage>,
  );

const TRY_AGAIN = 'Login lykkedes ikke. Prøv igen.';
const NO_ACCESS = 'Tal med den, der styrer logins hos din myndighed.';

/** What the person is told: what he or his authority can do about it, nothing of what was wrong with the token. */
const WORDS: Readonly<Record<LoginRefusal, { readonly status: number; readonly text: string }>> = {
  'no-attempt': { status: 400, text: TRY_AGAIN },
  'by-issuer': { status: 400, text: TRY_AGAIN },
  proof: { status: 400, text: TRY_AGAIN },
  unavailable: { status: 503, text: 'Login svarer ikke lige nu. Prøv igen om lidt.' },
  level: { status: 403, text: 'Dit login er ikke sikkert nok. Log ind på sikringsniveau Betydelig eller Høj.' },
  claims: { status: 403, text: `Dit login mangler oplysninger om dig eller din myndighed. ${NO_ACCESS}` },
  outside: { status: 403, text: `Dit login giver ikke adgang til Udvej. ${NO_ACCESS}` },
  old: { status: 403, text: 'Du skulle logge ind på ny, men dit login er fra før. Prøv igen, og skriv din kode eller godkend på ny.' },
  another: { status: 403, text: 'Det var et andet login end dit. Log ud, hvis du er en anden, eller prøv igen som dig selv.' },
  ended: { status: 403, text: `Din adgang til Udvej er lukket. ${NO_ACCESS}` },
};

export const refusalStatus = (reason: LoginRefusal): number => WORDS[reason].status;

/** @param stepUp he was logged in and asked to prove himself anew: that login is as it was. */
export const refusedPage = (reason: LoginRefusal, { returnTo, stepUp = false, notDone, demonstration }: { readonly returnTo?: string | undefined; readonly stepUp?: boolean | undefined; readonly notDone?: NotDone | undefined; readonly demonstration: boolean }): string =>
  renderPage(
    <LoginPage title={stepUp ? 'Du er ikke logget ind på ny' : 'Du er ikke logget ind'} demonstration={demonstration}>
      <p>{WORDS[reason].text}</p>
      <p>
        <LinkButton href={loginPath({ returnTo, stepUp, notDone })} kind="primary">
          Prøv igen
        </LinkButton>
      </p>
    </LoginPage>,
  );

/** Five times in a quarter of an hour (control 18): a person is not to be wearied into saying yes. */
export const tooManyStepUpsPage = (demonstration: boolean): string =>
  renderPage(
    <LoginPage title="Vent lidt" demonstration={demonstration}>
      <p>Du har skullet logge ind på ny fem gange på et kvarter. Vent et kvarter, og prøv igen. Du er stadig logget ind.</p>
      <p>
        <LinkButton href="/">Gå til Mit arbejde</LinkButton>
      </p>
    </LoginPage>,
  );

export const loggedOutPage = (
  farewells: readonly { readonly label: string; readonly href: string }[],
  demonstration: boolean,
): string =>
  renderPage(
    <LoginPage title="Du er logget ud" demonstration={demonstration}>
      {farewells.length > 0 && (
        <p>Du kan stadig være logget ind hos din myndighed. Log også ud dér, hvis andre bruger computeren.</p>
      )}
      <p>
        <LinkButton href={loginPath()} kind="primary">
          Log ind igen
        </LinkButton>
      </p>
      {farewells.map(({ label, href }) => (
        <p key={label}>
          <a href={href}>{`Log også ud hos ${label}`}</a>
        </p>
      ))}
    </LoginPage>,
  );
