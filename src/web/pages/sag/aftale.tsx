import { actionsOf, type Action } from '../../../app/actions.js';
import { goalWords, requirementWords } from '../../../app/agreement-words.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { seesMeasure } from '../../../domain/access/scopes.js';
import { type CandidateWord, missingParties } from '../../../domain/exit-case/accession.js';
import { type AgreementVersion, currentVersion, openVersion, wordsOf } from '../../../domain/exit-case/agreement.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { measureOf } from '../../../domain/exit-case/measure.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { authorityName, unitName } from '../../../domain/reference/authorities.js';
import type { Answer } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { Empty } from '../../ui/empty.js';
import { Fold } from '../../ui/fold.js';
import { Count, Section } from '../../ui/layout.js';
import { partyName } from '../choices.js';
import { measureTitle } from '../measure-title.js';
import { ActLinks } from './act-links.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';

const STATUS = { draft: 'Udkast', presented: 'Lagt frem', entered: 'I kraft', superseded: 'Afløst' } as const;
const WORDS: Readonly<Record<string, string>> = { agrees: 'enig', disagrees: 'uenig', 'could-not-answer': 'kunne ikke svare' };
const STEPS = [
  'agreement.assignDrafter', 'contactPerson.appoint', 'agreement.contribute', 'agreement.setTerms', 'agreement.recordCoordination', 'agreement.present', 'agreement.accede', 'agreement.revise', 'agreement.reportStatus',
];

/** The agreement, read like the document it becomes, with the parties and what each has said (screens.md). */
export function agreement(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state } = opened;
  const actions = actionsOf(opened, call.now);
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
          <ActLinks caseId={opened.id} actions={actions} names={STEPS} primary />
          <Preparation on={on} actions={actions} />
        </Section>
        {shown && (
          <div class="doc-grid">
            <Document on={on} version={shown} />
            <Parties on={on} version={shown} />
          </div>
        )}
        {others.map((version) => (
          <Fold key={version.number} summary={`Version ${version.number}: ${STATUS[version.status].toLowerCase()}${version.enteredOn === undefined ? '' : `, indgået ${formatDate(version.enteredOn)}`}`}>
            <Document on={on} version={version} />
          </Fold>
        ))}
      </>
    ),
  });
}

const heading = ({ opened }: CaseCall, version: AgreementVersion): string => {
  const missing = missingParties(opened.state, version).length;
  switch (version.status) {
    case 'draft':
      return `Version ${version.number} er under udarbejdelse`;
    case 'presented':
      return `Version ${version.number} venter på ${missing === 1 ? 'én tiltrædelse' : `${missing} tiltrædelser`}`;
    case 'entered':
      return `Version ${version.number} er i kraft`;
    case 'superseded':
      return `Version ${version.number} er afløst`;
  }
};

/** Who writes, who carries the contact, and whose contribution is in, as long as there is something to prepare. */
const Preparation = ({ on }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const { opened } = on;
  const { agreement: drafting } = opened.state;
  if (!isFullMember(opened.state, opened.actor.user)) return null;
  const appointed = eventsOf(opened, 'ContactPersonAppointed').at(-1);
  return (
    <dl class="pairs">
      <dt>Kontaktperson</dt>
      <dd>{nameOf(on, drafting.contactPerson)}{appointed && textOf(opened, appointed.version, 'reason') !== undefined && ` (${textOf(opened, appointed.version, 'reason') ?? ''})`}</dd>
      {drafting.contributions.map((one) => (
        <>
          <dt>{`Bidrag, ${authorityName(one.authority)}`}</dt><dd>{one.nothing ? 'Intet herfra' : 'Givet'}</dd>
        </>
      ))}
    </dl>
  );
};

interface VersionProps {
  readonly on: CaseCall;
  readonly version: AgreementVersion;
}

/** The clauses, numbered; what changed since the version before is marked. */
const Document = ({ on, version }: VersionProps) => {
  const { opened } = on;
  const { state, actor } = opened;
  const before = state.agreement.versions.find((one) => one.number === version.number - 1);
  const words = requirementWords(opened);
  const said = wordsOf(version);
  const goal = goalWords(opened);
  const full = isFullMember(state, actor.user);
  return (
    <article class="doc" aria-labelledby={`aftale-${version.number}`}>
      <div class="doc-top">
        <span class="muted">{`Version ${version.number} · ${STATUS[version.status].toLowerCase()} · ${formatDate(version.enteredOn ?? version.presentedOn ?? version.openedOn)}`}</span>
        <Badge kind={version.status === 'entered' ? 'done' : version.status === 'superseded' ? 'ended' : 'waiting'}>{version.status === 'entered' ? 'I kraft' : version.status === 'superseded' ? 'Afløst' : 'Ikke i kraft endnu'}</Badge>
      </div>
      <h2 id={`aftale-${version.number}`}>Aftale</h2>
      {full && <p>{`mellem kandidaten i sag ${opened.number} og ${unitName(state.inquiry.unit)}, tiltrådt af de myndigheder, der har ansvar for et tiltag.`}</p>}
      {version.validFrom !== undefined && version.validTo !== undefined && <p class="muted">{`Gælder fra ${formatDate(version.validFrom)} til ${formatDate(version.validTo)}.`}</p>}
      {full && <><h3>1. Det fælles mål</h3><p class="typed">{goal ?? 'Ikke skrevet endnu.'}</p></>}
      <h3>2. Tiltag</h3>
      {version.measures.length === 0 && <p class="muted">Ingen endnu.</p>}
      {version.measures.map(({ measure: id, startBy }, index) => {
        const measure = measureOf(state, id);
        if (!measure) return null;
        const seen = seesMeasure(state, actor.user, measure);
        if (!seen && !full) return null;
        const changed = before !== undefined && !before.measures.some((one) => one.measure === id && one.startBy === startBy);
        return (
          <Clause key={id} no={`2.${index + 1}`} changed={changed} title={seen ? measureTitle(opened, measure) : 'Tiltag hos en anden myndighed'} said={seen ? wordOf(said, id) : undefined}
            meta={seen ? `${authorityName(measure.authority)} · begynder senest ${formatDate(startBy)}${measure.coveredByActionPlan === true ? ' · står i handlingsplanen' : ''}` : ''} />
        );
      })}
      <h3>3. Krav til kandidaten</h3>
      {version.requirements.length === 0 && <p class="muted">Ingen.</p>}
      {version.requirements.filter(({ id }) => words.has(id)).map(({ id }, index) => (
        <Clause key={id} no={`3.${index + 1}`} changed={before !== undefined && !before.requirements.some((one) => one.id === id)} title={words.get(id) ?? ''} said={wordOf(said, id)} meta="" />
      ))}
      {version.followUpEveryWeeks !== undefined && full && (
        <>
          <h3>4. Opfølgning</h3>
          <p>{`Hver ${version.followUpEveryWeeks === 1 ? 'uge' : `${version.followUpEveryWeeks}. uge`}. Første gang ${version.firstFollowUp === undefined ? '' : formatDate(version.firstFollowUp)}.`}</p>
        </>
      )}
      <h3>5. Kontaktperson</h3>
      <p class="mb-0">{nameOf(on, state.agreement.contactPerson)}</p>
    </article>
  );
};

const wordOf = (said: readonly CandidateWord[], item: string): string | undefined => {
  const word = said.filter((one) => one.item === item).at(-1)?.word;
  return word === undefined ? undefined : (WORDS[word] ?? word);
};

interface ClauseProps {
  readonly no: string;
  readonly title: string;
  readonly meta: string;
  readonly said: string | undefined;
  readonly changed: boolean;
}
const Clause = ({ no, title, meta, said, changed }: ClauseProps) => (
  <div class={changed ? 'clause changed' : 'clause'}>
    <span class="no">{no}</span>
    <div>
      <h4>{title} {changed && <Badge kind="changed">Ændret</Badge>}</h4>
      {meta !== '' && <p class="meta">{meta}</p>}
      {said !== undefined && <p class="meta">{`Kandidatens ord: ${said}`}</p>}
    </div>
  </div>
);

/** The parties, those missing first (FM-AGR-3). */
const Parties = ({ on: { opened }, version }: VersionProps) => {
  if (version.status === 'draft' || !isFullMember(opened.state, opened.actor.user)) return null;
  const missing = missingParties(opened.state, version);
  const parties = new Set([...version.accessions.map((one) => one.party)]);
  return (
    <section aria-labelledby={`parter-${version.number}`}>
      <h2 id={`parter-${version.number}`}>Tiltrædelser<Count value={`${parties.size} af ${parties.size + missing.filter((one) => !parties.has(one.party)).length}`} /></h2>
      <ul class="no-max-width plain-list parties">
        {missing.map(({ party }) => <li key={party}><p class="who"><strong>{partyName(opened, party)}</strong><Badge kind="waiting">Venter</Badge></p></li>)}
        {[...parties].filter((party) => !missing.some((one) => one.party === party)).map((party) => <li key={party}><p class="who"><strong>{partyName(opened, party)}</strong><Badge kind="done">Tiltrådt</Badge></p></li>)}
      </ul>
      <p class="small muted mt-4">Hver myndighed tiltræder kun sin egen del. Rettes teksten, skal de berørte tiltræde igen.</p>
    </section>
  );
};
