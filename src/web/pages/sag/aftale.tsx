import { eventsOf, textOf } from '../../../app/texts.js';
import { seesParty } from '../../../domain/access/scopes.js';
import { missingParties } from '../../../domain/exit-case/accession.js';
import { type AgreementVersion, currentVersion, openVersion } from '../../../domain/exit-case/agreement.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { taskRows } from '../../../domain/exit-case/follows.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Fold } from '../../ui/fold.js';
import { Count, Section } from '../../ui/layout.js';
import { partyName } from '../choices.js';
import { choiceOf } from '../task-choice.js';
import { ActLinks, Typed } from './act-links.js';
import { AgreementDocument, STATUS, type VersionProps } from './agreement-document.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
import { pageActions, waitingForMe } from './subjects.js';

const STEPS = [
  'agreement.assignDrafter', 'contactPerson.appoint', 'agreement.contribute', 'agreement.setTerms', 'agreement.recordCoordination', 'agreement.present', 'agreement.accede', 'agreement.revise', 'agreement.reportStatus',
];

const NONE: ReadonlySet<string> = new Set();

/** The agreement, read like the document it becomes, with the parties and what each has said (screens.md). */
export function agreement(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state } = opened;
  const actions = pageActions(opened, call.now);
  const mine = waitingForMe(opened);
  const current = currentVersion(state);
  const shown = openVersion(state) ?? current;
  const others = state.agreement.versions.filter((version) => version.number !== shown?.number).toReversed();
  return casePage(on, {
    page: 'aftale',
    children: (
      <>
        <Section id="aftale" title={shown === undefined ? 'Aftale' : heading(on, shown)}>
          {shown?.status !== 'entered' && current?.status === 'entered' && <p>{`Version ${current.number} gælder, indtil version ${shown?.number ?? ''} er indgået.`}</p>}
          {shown === undefined && <Empty title="Der er ikke begyndt på en aftale."><p>Når kandidaten er optaget, vælger enheden, hvem der skriver aftalen, og hver myndighed giver sit bidrag.</p></Empty>}
          <ActLinks caseId={opened.id} actions={actions} names={STEPS.filter((name) => mine.has(name))} primary />
        </Section>
        {shown && (
          <div class="doc-grid">
            <AgreementDocument on={on} version={shown} />
            <Parties on={on} version={shown} />
          </div>
        )}
        <Section id="forberedelse" title="Forberedelse">
          <Preparation on={on} />
          <ActLinks caseId={opened.id} actions={actions} names={STEPS.filter((name) => !mine.has(name))} first={NONE} />
        </Section>
        {others.map((version) => (
          <Fold key={version.number} summary={`Version ${version.number}: ${STATUS[version.status].toLowerCase()}${version.enteredOn === undefined ? '' : `, indgået ${formatDate(version.enteredOn)}`}`}>
            <AgreementDocument on={on} version={version} />
          </Fold>
        ))}
      </>
    ),
  });
}

const heading = ({ opened }: CaseCall, version: AgreementVersion): string => {
  const missing = missingParties(opened.state, version).filter((one) => seesParty(opened.state, opened.actor.user, one)).length;
  switch (version.status) {
    case 'draft':
      return `Version ${version.number} er under udarbejdelse`;
    case 'presented':
      return `Version ${version.number} venter på ${missing === 0 ? 'de sidste tiltrædelser' : missing === 1 ? 'én tiltrædelse' : `${missing} tiltrædelser`}`;
    case 'entered':
      return `Version ${version.number} er i kraft`;
    case 'superseded':
      return `Version ${version.number} er afløst`;
  }
};

/** Who carries the contact, and what each authority can offer: what the agreement is written from. */
const Preparation = ({ on }: { readonly on: CaseCall }) => {
  const { opened } = on;
  const { agreement: drafting } = opened.state;
  if (!isFullMember(opened.state, opened.actor.user)) return null;
  const appointed = eventsOf(opened, 'ContactPersonAppointed').at(-1);
  return (
    <>
      <dl class="pairs">
        <dt>Kontaktperson</dt>
        <dd>{nameOf(on, drafting.contactPerson)}</dd>
      </dl>
      {appointed && <Typed text={textOf(opened, appointed.version, 'reason')} />}
      {drafting.contributions.length > 0 && (
        <Fold summary={`Myndighedernes bidrag (${drafting.contributions.length})`} open={currentVersion(opened.state)?.status === 'draft'}>
          <Contributions on={on} />
        </Fold>
      )}
    </>
  );
};

/** What each authority can offer, as it last wrote it (FM-AGR-9). */
export const Contributions = ({ on: { opened } }: { readonly on: CaseCall }) => {
  const given = eventsOf(opened, 'ContributionRecorded');
  return (
    <>
      {opened.state.agreement.contributions.map(({ authority, nothing }) => {
        const latest = given.filter(({ event }) => event.authority === authority).at(-1);
        return (
          <article class="entry" key={authority}>
            <h3>{authorityName(authority)}</h3>
            {nothing && <p>Har ikke noget at tilbyde i denne sag.</p>}
            {latest && <Typed label="Overvejet" text={textOf(opened, latest.version, 'considered')} />}
            {latest && <Typed label="Valgt" text={textOf(opened, latest.version, 'chosen')} />}
            {latest && <Typed label="Valgt fra" text={textOf(opened, latest.version, 'notChosen')} />}
          </article>
        );
      })}
    </>
  );
};

/** The parties, those missing first (FM-AGR-3). */
const Parties = ({ on: { opened }, version }: VersionProps) => {
  if (version.status === 'draft' || !isFullMember(opened.state, opened.actor.user)) return null;
  const isKnown = (one: { readonly party: string; readonly measures: readonly string[] }): boolean => seesParty(opened.state, opened.actor.user, one);
  const missing = missingParties(opened.state, version).filter(isKnown);
  const parties = new Set(version.accessions.filter(isKnown).map((one) => one.party));
  const mine = new Set(taskRows(opened.state).filter((row) => row.mine && row.reader === opened.actor.user && row.command === 'agreement.accede').map((row) => choiceOf(row.key)['party']));
  return (
    <section aria-labelledby={`parter-${version.number}`}>
      <h2 id={`parter-${version.number}`}>Tiltrædelser<Count value={`${parties.size} af ${parties.size + missing.filter((one) => !parties.has(one.party)).length}`} /></h2>
      <ul class="no-max-width plain-list parties">
        {missing.map(({ party }) => (
          <li key={party}>
            <p class="who"><strong>{partyName(opened, party)}</strong><Badge kind="waiting">Venter</Badge></p>
            {mine.has(party) && <LinkButton href={paths.act(opened.id, 'agreement.accede', { party })} context={`for ${partyName(opened, party)}`}>Registrér tiltrædelse</LinkButton>}
          </li>
        ))}
        {[...parties].filter((party) => !missing.some((one) => one.party === party)).map((party) => <li key={party}><p class="who"><strong>{partyName(opened, party)}</strong><Badge kind="done">Tiltrådt</Badge></p></li>)}
      </ul>
      <p class="small muted mt-4">Hver myndighed tiltræder kun sin egen del. Rettes teksten, skal de berørte tiltræde igen.</p>
    </section>
  );
};
