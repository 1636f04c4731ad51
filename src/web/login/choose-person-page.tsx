import { functionLabel } from '../../domain/access/functions.js';
import { authorityName } from '../../domain/reference/authorities.js';
import { DEMONSTRATION_PEOPLE } from '../../domain/reference/demonstration-people.js';
import type { DemonstrationPerson } from '../../domain/reference/demonstration-people.js';
import { LinkButton, SubmitButton } from '../ui/buttons.js';
import { renderPage } from '../ui/render.js';
import { LoginPage } from './login-pages.js';
import { loginPath } from './login-paths.js';

/** Name of the choice in the form's post. */
export const CHOSEN = 'login';

/** People under their authorities, both in the order of the list. */
const AUTHORITIES = [...new Set(DEMONSTRATION_PEOPLE.map(({ authority }) => authority))].map((authority) => ({
  authority,
  headingId: authority.replaceAll(':', '-'),
  people: DEMONSTRATION_PEOPLE.filter((person) => person.authority === authority),
}));

const Person = ({ person, action }: { readonly person: DemonstrationPerson; readonly action: string }) => (
  <li>
    <div>
      <h3>{person.name}</h3>
      <p class="small muted">
        {[person.title, ...person.functions.map(functionLabel), person.login].filter((one) => one !== undefined).join(' · ')}
      </p>
    </div>
    <form method="post" action={action}>
      <SubmitButton kind="secondary" name={CHOSEN} value={person.login} context={`som ${person.name}`}>
        Fortsæt
      </SubmitButton>
    </form>
  </li>
);

/** Where a demonstration asks who one wants to be, instead of asking for a password. */
export const choosePersonPage = (action: string): string =>
  renderPage(
    <LoginPage title="Vælg, hvem du er" lead="Du kan skifte til en anden person ved at logge ud." demonstration>
      {AUTHORITIES.map(({ authority, headingId, people }) => (
        <section key={authority} class="section" aria-labelledby={headingId}>
          <h2 id={headingId}>{authorityName(authority)}</h2>
          <ul class="no-max-width plain-list can">
            {people.map((person) => (
              <Person key={person.login} person={person} action={action} />
            ))}
          </ul>
        </section>
      ))}
    </LoginPage>,
  );

/** The provider's error: its request was not ours, or is forgotten. */
export const providerErrorPage = (): string =>
  renderPage(
    <LoginPage title="Du er ikke logget ind" demonstration>
      <p>Login lykkedes ikke. Prøv igen.</p>
      <p>
        <LinkButton href={loginPath()} kind="primary">
          Prøv igen
        </LinkButton>
      </p>
    </LoginPage>,
  );
