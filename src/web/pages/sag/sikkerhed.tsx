import { eventsOf, safeContactOf, textOf } from '../../../app/texts.js';
import { actsFor } from '../../../domain/exit-case/circle.js';
import { isSecurityAssessed, SECURITY_LEVELS } from '../../../domain/exit-case/security.js';
import { formatDate } from '../../../domain/kernel/time.js';
import type { Answer } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { precautionText } from './act-before.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
import { pageActions } from './subjects.js';

/** Security: safe contact and the card for all full members; police see all, others their own precautions (FM-SEC-1, FM-SEC-5, FM-SEC-6). */
export function security(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state, actor } = opened;
  const actions = pageActions(opened, call.now);
  const safe = safeContactOf(opened);
  const card = eventsOf(opened, 'SafetyCardSet').at(-1);
  const assessed = eventsOf(opened, 'SecurityAssessed').at(-1);
  const police = assessed === undefined ? undefined : opened.bodies.get(assessed.version)?.find((body) => body.scope.kind === 'police');
  const own = state.security.precautions.filter((one) => actsFor(state, actor.user, one.worker) || police !== undefined);
  return casePage(on, {
    page: 'sikkerhed',
    children: (
      <>
        <Section id="kontakt" title="Sikker kontakt">
          {safe === undefined ? <Empty title="Ikke oplyst."><p>Tag ikke kontakt, før du ved, hvordan det er sikkert.</p></Empty> : <p class="typed">{safe}</p>}
          {state.person.digitalPost !== undefined && <p>{state.person.digitalPost === 'never' ? 'Brug aldrig Digital Post.' : 'Personen har sagt, at Digital Post er sikkert.'}</p>}
          <ActLinks caseId={opened.id} actions={actions} names={['safeContact.set']} />
        </Section>
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
          <ActLinks caseId={opened.id} actions={actions} names={['security.assess']} primary={!isSecurityAssessed(state)} />
        </Section>
        <Section id="forholdsregler" title="Forholdsregler" count={own.length}>
          {own.length === 0 && <p>Der er ingen forholdsregler til dig.</p>}
          {own.map((one) => (
            <article class="entry" key={one.id}>
              <h3>{nameOf(on, one.worker)}</h3>
              <Typed text={precautionText(on, one.id)} />
              {one.confirmedOn === undefined ? <Badge kind="waiting">Ikke læst endnu</Badge> : <Badge kind="done">{`Læst ${formatDate(one.confirmedOn)}`}</Badge>}
              {actsFor(state, actor.user, one.worker) && one.confirmedOn === undefined && <ActLinks caseId={opened.id} actions={actions} names={['security.confirmPrecaution']} choice={{ precaution: one.id }} />}
            </article>
          ))}
        </Section>
      </>
    ),
  });
}
