import { goalWords, requirementWords } from '../../../app/agreement-words.js';
import { seesMeasure } from '../../../domain/access/scopes.js';
import type { CandidateWord } from '../../../domain/exit-case/accession.js';
import { type AgreementVersion, wordsOf } from '../../../domain/exit-case/agreement.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { measureOf } from '../../../domain/exit-case/measure.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { authorityName, unitName } from '../../../domain/reference/authorities.js';
import { Badge } from '../../ui/badge.js';
import { measureTitle, startWords } from '../../../app/measure-words.js';
import { type CaseCall, nameOf } from './case-page.js';

export const STATUS = { draft: 'Udkast', presented: 'Lagt frem', entered: 'I kraft', superseded: 'Afløst' } as const;
const WORDS: Readonly<Record<string, string>> = { agrees: 'enig', disagrees: 'uenig', 'could-not-answer': 'kunne ikke svare' };

export interface VersionProps {
  readonly on: CaseCall;
  readonly version: AgreementVersion;
}

/** The clauses, numbered; what changed since the version before is marked. */
export const AgreementDocument = ({ on, version }: VersionProps) => {
  const { opened } = on;
  const { state, actor } = opened;
  const before = state.agreement.versions.find((one) => one.number === version.number - 1);
  const words = requirementWords(opened);
  const requirements = version.requirements.filter(({ id }) => words.has(id));
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
            meta={seen ? `${authorityName(measure.authority)} · ${startWords(measure, startBy, version)}${measure.coveredByActionPlan === true ? ' · står i handlingsplanen' : ''}` : ''} />
        );
      })}
      {(full || requirements.length > 0) && <h3>3. Krav til kandidaten</h3>}
      {full && requirements.length === 0 && <p class="muted">Ingen.</p>}
      {requirements.map(({ id }, index) => (
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
