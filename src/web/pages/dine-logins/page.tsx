import { refusedBy } from '../../../app/house.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { endOtherSessions, ownLogins } from '../../../store/own-logins.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { ActButton, Tools } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';

/** Why a login was refused, by the word in the log. */
const REFUSED: Readonly<Record<string, string>> = {
  claims: 'din myndigheds oplysninger kunne ikke bruges', outside: 'den, der bekræftede, hvem du er, kan ikke sige god for din myndighed eller funktion', level: 'loginnet var ikke sikkert nok',
  old: 'du skulle logge ind igen', ended: 'din adgang var lukket', another: 'en anden var logget ind i forvejen',
};
const became = (refused: string | null): string => (refused === null ? 'Logget ind' : REFUSED[refused] === undefined ? 'Afvist' : `Afvist: ${REFUSED[refused]}`);

/** The caller's own sessions and a month of his logins, so that he sees one that is not his own (control 27). */
export async function ownLoginsPage(call: SignedInCall): Promise<Answer> {
  try {
    const { sessions, logins } = await ownLogins(call.house.web, call.visitor.token);
    const others = sessions.length - 1;
    return signedInPage(call, { title: 'Dine logins', place: 'none' }, (
      <>
        <PageHead title="Dine logins">
          <p class="muted">Se efter, om der er et login, som ikke er dit.</p>
        </PageHead>
        <Section id="nu" title="Du er logget ind nu">
          <Table caption="Hvor du er logget ind nu" quietCaption phone="stack" rows={sessions} rowKey={(row) => `${row.begun}${row.lastUsed}`} columns={[
            { label: 'Begyndt', cell: (row) => formatInstant(row.begun) },
            { label: 'Sidst brugt', cell: (row) => formatInstant(row.lastUsed) },
            { label: 'Hvilket', cell: (row) => (row.this ? <Badge kind="done">Dette login</Badge> : 'Et andet sted') },
          ]} />
          {others > 0
            ? <Tools><ActButton action={paths.endOtherLogins()} csrf={tokenFor(call)} kind="primary">Afslut alle andre</ActButton></Tools>
            : <p>Du er kun logget ind her.</p>}
        </Section>
        <Section id="fremmed" title="Er der et login, du ikke kender?">
          <ol>
            {others > 0 && <li>Tryk på “Afslut alle andre”.</li>}
            <li>Ring straks til it-vagten i din myndighed, og bed dem spærre dit login. Brug en telefon, og skriv ikke om det i Udvej.</li>
            <li>Ring til din leder. Lederen kan bede revisoren se efter, hvad der er åbnet i dit navn.</li>
          </ol>
        </Section>
        <Section id="maaned" title="Den sidste måned">
          <p class="muted">Også når du har logget ind igen for at bekræfte, at det er dig.</p>
          {logins.length === 0
            ? <Empty title="Der er ingen login i den sidste måned." />
            : <Table caption="Login i den sidste måned, de seneste først" quietCaption phone="stack" rows={logins} rowKey={(row) => row.at} columns={[
                { label: 'Hvornår', cell: (row) => formatInstant(row.at) }, { label: 'Hvad', cell: (row) => became(row.refused) },
              ]} />}
          {logins.length === 200 && <p>Kun de seneste 200 er med.</p>}
        </Section>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

/** Ends the caller's other sessions; no proof anew is asked for, for it must go fast. */
export async function endOthers({ house, visitor }: SignedInCall): Promise<Answer> {
  try {
    await endOtherSessions(house.web, visitor.token);
    return { kind: 'redirect', to: paths.ownLogins(), said: 'logins.ended' };
  } catch (error) {
    return refusedBy(error);
  }
}
