import type { Action } from '../../../app/actions.js';
import { eventsOf, safeContactOf, textOf } from '../../../app/texts.js';
import { acuteThreat } from '../../../domain/exit-case/acute-threat.js';
import { actsFor, isFullMember } from '../../../domain/exit-case/circle.js';
import { isSecurityAssessed, SECURITY_LEVELS } from '../../../domain/exit-case/security.js';
import { formatDate } from '../../../domain/kernel/time.js';
import type { Answer } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { precautionText } from './act-before.js';
import { ActLinks, Typed } from './act-links.js';
import { threatShownTo } from './acute-banner.js';
import { AcuteSection } from './acute-threat.js';
import { AddressSection, type AddressShown } from './address.js';
import { CardOpenings } from './card-openings.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
import { ScreeningSection } from './screening.js';
import { pageActions } from './subjects.js';

/** The scopes that the page of security is made of: a protected address is in none of them. */
export const SECURITY_KINDS = ['card', 'police', 'precaution'] as const;

/**
 * Security: what is acute first, then what the reader has to do; safe contact and the card for all full members. Police see all, others their own
 * precautions, a screener his screening (FM-SEC-1 to FM-SEC-6).
 * @param shown what came of asking for the protected address, on the answer to that alone.
 */
export function security(on: CaseCall, shown?: AddressShown): Answer {
  const { opened, call } = on;
  const { state, actor } = opened;
  const actions = pageActions(opened, call.now);
  const full = isFullMember(state, actor.user);
  const threat = threatShownTo(opened);
  const failed = shown !== undefined && 'missing' in shown;
  return casePage(on, {
    page: 'sikkerhed',
    ...(failed ? { failed, status: 422 } : {}),
    children: (
      <>
        {!full && threat === undefined && <ScreeningSection on={on} actions={actions} />}
        <AcuteSection on={on} actions={actions} />
        {full && <CardOpenings on={on} actions={actions} />}
        {!full && threat !== undefined && <ScreeningSection on={on} actions={actions} />}
        {!full && <Precautions on={on} actions={actions} />}
        {full && <Contact on={on} actions={actions} />}
        {full && <Card on={on} actions={actions} />}
        {full && <Assessment on={on} actions={actions} />}
        {full && <Precautions on={on} actions={actions} />}
        <AddressSection on={on} actions={actions} shown={shown} />
        {full && <ScreeningSection on={on} actions={actions} />}
      </>
    ),
  });
}

interface Part {
  readonly on: CaseCall;
  readonly actions: readonly Action[];
}

const Contact = ({ on: { opened }, actions }: Part) => {
  const safe = safeContactOf(opened);
  const { digitalPost } = opened.state.person;
  return (
    <Section id="kontakt" title="Sikker kontakt">
      {safe === undefined ? <Empty title="Ikke oplyst."><p>Tag ikke kontakt, før du ved, hvordan det er sikkert.</p></Empty> : <p class="typed">{safe}</p>}
      {digitalPost !== undefined && <p>{digitalPost === 'never' ? 'Brug aldrig Digital Post.' : 'Personen har sagt, at Digital Post er sikkert.'}</p>}
      <ActLinks caseId={opened.id} actions={actions} names={['safeContact.set']} />
    </Section>
  );
};

const Card = ({ on: { opened }, actions }: Part) => {
  const card = eventsOf(opened, 'SafetyCardSet').at(-1);
  return (
    <Section id="kort" title="Sikkerhedskort">
      {card === undefined
        ? <p>Politiet har ikke udfyldt kortet endnu.</p>
        : (
            <>
              <p class="muted">{`Udfyldt ${formatDate(card.event.on)}`}</p>
              <Typed label="Ring til" text={textOf(opened, card.version, 'call')} />
              <Typed label="Pas på" text={textOf(opened, card.version, 'precautions')} />
              <Typed label="Hvem er med" text={textOf(opened, card.version, 'along') ?? 'Ingen'} />
            </>
          )}
      <ActLinks caseId={opened.id} actions={actions} names={['safetyCard.set']} />
    </Section>
  );
};

/** Police's words of the latest assessment, for police. */
const policeWords = ({ opened }: CaseCall) => {
  const assessed = eventsOf(opened, 'SecurityAssessed').at(-1);
  return assessed === undefined ? undefined : opened.bodies.get(assessed.version)?.find((body) => body.scope.kind === 'police');
};

const Assessment = ({ on, actions }: Part) => {
  const { opened: { state, id } } = on;
  const police = policeWords(on);
  return (
    <Section id="vurdering" title="Politiets vurdering">
      {state.security.assessedOn === undefined
        ? <p>Sikkerheden er ikke vurderet endnu.</p>
        : (
            <>
              <p>{`Vurderet ${formatDate(state.security.assessedOn)}.`} {state.security.changedOn !== undefined && <Badge kind="soon">Skal vurderes igen</Badge>}</p>
              {police !== undefined && <p>{SECURITY_LEVELS.find((one) => one.value === state.security.level)?.label}</p>}
              {police !== undefined && <Typed text={typeof police.content['text'] === 'string' ? police.content['text'] : undefined} />}
            </>
          )}
      {acuteThreat(state) === undefined && <ActLinks caseId={id} actions={actions} names={['security.assess']} primary={!isSecurityAssessed(state)} />}
    </Section>
  );
};

const Precautions = ({ on, actions }: Part) => {
  const { opened: { state, actor, id } } = on;
  const isPolice = policeWords(on) !== undefined;
  const own = state.security.precautions.filter((one) => actsFor(state, actor.user, one.worker) || isPolice);
  if (own.length === 0 && !isFullMember(state, actor.user)) return null;
  return (
    <Section id="forholdsregler" title="Forholdsregler" count={own.length}>
      {own.length === 0 && <p>Der er ingen forholdsregler til dig.</p>}
      {own.map((one) => (
        <article class="entry" key={one.id}>
          <h3>{nameOf(on, one.worker)}</h3>
          <Typed text={precautionText(on, one.id)} />
          {one.confirmedOn === undefined ? <Badge kind="waiting">Ikke læst endnu</Badge> : <Badge kind="done">{`Læst ${formatDate(one.confirmedOn)}`}</Badge>}
          {actsFor(state, actor.user, one.worker) && one.confirmedOn === undefined && <ActLinks caseId={id} actions={actions} names={['security.confirmPrecaution']} choice={{ precaution: one.id }} />}
        </article>
      ))}
    </Section>
  );
};
