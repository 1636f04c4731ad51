import type { Action } from '../../../app/actions.js';
import { eventsOf, textOf, wordsOf } from '../../../app/texts.js';
import { membershipsOf } from '../../../domain/exit-case/circle.js';
import { isOwnScreening, type Screening, THREAT_LEVELS } from '../../../domain/exit-case/screening.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { Badge } from '../../ui/badge.js';
import { Section } from '../../ui/layout.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, nameOf } from './case-page.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const said = (value: unknown): string => (typeof value === 'string' ? value : '');

/** All that was written in one screening, oldest first. */
export const ScreeningWords = ({ on, screening }: { readonly on: CaseCall; readonly screening: Screening | undefined }) => {
  const { opened } = on;
  if (screening === undefined) return null;
  const asked = eventsOf(opened, 'ScreeningAsked').find(({ event }) => event.screening === screening.id);
  return (
    <>
      <Typed label="Skal undersøges" text={asked && textOf(opened, asked.version, 'what')} />
      {eventsOf(opened, 'ScreeningSearched', 'ScreeningThreatAssessed', 'ScreeningHandedOver').filter(({ event }) => event.screening === screening.id).map(({ event, version }) => (
        <div key={version}>
          <h4>{`${EVENT_HEADS[event.type]} ${formatDate(event.on)}`}</h4>
          {event.type === 'ScreeningSearched' && <Typed label="Søgt i" text={textOf(opened, version, 'where')} />}
          {event.type === 'ScreeningSearched' && textOf(opened, version, 'found') === 'no' && <p>Der blev ikke fundet noget.</p>}
          {event.type === 'ScreeningHandedOver' && textOf(opened, version, 'risk') !== undefined && <p>{textOf(opened, version, 'risk') === 'yes' ? 'Der er personer med risikoprofil.' : 'Der er ingen personer med risikoprofil.'}</p>}
          {event.type === 'ScreeningThreatAssessed' ? <Persons persons={wordsOf(opened, version)['persons']} /> : <Typed text={textOf(opened, version, 'text')} />}
        </div>
      ))}
    </>
  );
};
const EVENT_HEADS = { ScreeningSearched: 'Søgning', ScreeningThreatAssessed: 'Trusselsniveau vurderet', ScreeningHandedOver: 'Overdraget' } as const;

const Persons = ({ persons }: { readonly persons: unknown }) => (
  <ul>
    {(Array.isArray(persons) ? (persons as readonly unknown[]) : []).filter(isRecord).map((one) => (
      <li key={said(one['who'])}><strong>{said(one['who'])}</strong>{`: ${THREAT_LEVELS.find(({ value }) => value === one['level'])?.label ?? ''}. ${said(one['why'])}`}</li>
    ))}
  </ul>
);

const stateOf = ({ handedOverOn, replaced }: Screening) => {
  if (handedOverOn !== undefined) return <Badge kind="done">Overdraget</Badge>;
  return replaced === true ? <Badge kind="ended">Overtaget af en anden</Badge> : <Badge kind="waiting">I gang</Badge>;
};

/** Screenings: to police all, to a screener his own, and to nobody else that there is one (FM-SEC-2). */
export const ScreeningSection = ({ on, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const { opened } = on;
  const { state, actor } = opened;
  const police = membershipsOf(state, actor.user).some((one) => one.role === 'police');
  const shown = state.screening.screenings.filter((one) => police || isOwnScreening(state, actor.user, one.id)).toReversed();
  if (!police && shown.length === 0) return null;
  return (
    <Section id="screening" title="Sikkerhedsscreening">
      {!police && <ActLinks caseId={opened.id} actions={actions} names={nextFirst(shown[0])} primary />}
      {shown.length === 0 && <p>Der er ikke bedt om en screening. Rigspolitiet kan søge åbent på nettet og vurdere, hvem der kan være en trussel.</p>}
      {shown.map((one) => (
        <article class="entry" key={one.id}>
          <h3>{`${nameOf(on, one.screener)}, bedt om ${formatDate(one.askedOn)}`}</h3>
          <p>{stateOf(one)}</p>
          <ScreeningWords on={on} screening={one} />
        </article>
      ))}
      {police && <ActLinks caseId={opened.id} actions={actions} names={['screening.ask']} />}
    </Section>
  );
};

/** The screener's acts, the next one first. */
const nextFirst = (own: Screening | undefined): readonly string[] => {
  const all = ['screening.recordSearch', 'screening.assessThreat', 'screening.handOver'];
  const next = own?.searchedOn === undefined ? 0 : own.assessedOn === undefined ? 1 : 2;
  return [...all.slice(next), ...all.slice(0, next).toReversed()];
};
