import type { Action } from '../../../app/actions.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import type { AcuteThreat } from '../../../domain/exit-case/acute-threat.js';
import { isFullMember, membershipsOf } from '../../../domain/exit-case/circle.js';
import { formatDate, formatInstant } from '../../../domain/kernel/time.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/alert.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { ActLinks, Typed } from './act-links.js';
import { threatShownTo } from './acute-banner.js';
import { type CaseCall, nameOf } from './case-page.js';

const raised = (on: CaseCall, { id }: AcuteThreat) => eventsOf(on.opened, 'AcuteThreatRaised').find(({ event }) => event.threat === id);

/** Why it was raised, by whom and when; the words are there for those who were alerted, and for police. */
export const AlertWords = ({ on }: { readonly on: CaseCall }) => {
  const threat = threatShownTo(on.opened);
  const event = threat && raised(on, threat);
  if (threat === undefined || event === undefined) return null;
  const why = textOf(on.opened, event.version, 'why');
  return (
    <>
      <p>{`Meldt ${formatInstant(event.at)} af ${nameOf(on, threat.raisedBy)}.`}</p>
      <Typed label="Hvad er der sket" text={why} />
      {why === undefined && <p class="muted">{threat.raisedBy === on.opened.actor.user ? 'Du skrev ikke, hvad der er sket.' : 'Der står ikke noget, du kan læse, om hvad der er sket. Ring til den, der meldte truslen.'}</p>}
    </>
  );
};

/** The threat that stands with what it asks of the reader; when none does, the one red button. */
export const AcuteSection = ({ on, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const { opened } = on;
  const threat = threatShownTo(on.opened);
  const may = actions.some(({ name, possible }) => name === 'security.raiseAcute' && possible);
  const seen = threat && (isFullMember(opened.state, opened.actor.user) ? threat.alerted.filter((user) => membershipsOf(opened.state, user).length > 0) : []);
  return (
    <Section id="akut" title="Akut trussel">
      {threat === undefined
        ? <p>Brug knappen, hvis nogen er i fare nu eller meget snart. Politiet, kontaktpersonen og alle med forholdsregler bliver advaret. Ring 112 først.</p>
        : <AlertWords on={on} />}
      {seen !== undefined && seen.length > 0 && (
        <>
        <p>Disse er advaret:</p>
        <ul class="no-max-width plain-list waits">
          {seen.map((user) => (
            <li key={user}>{nameOf(on, user)} {threat?.seenBy.includes(user) === true ? <Badge kind="done">Har læst advarslen</Badge> : <Badge kind="waiting">Ikke læst endnu</Badge>}</li>
          ))}
        </ul>
        {threat !== undefined && seen.every((user) => user === threat.raisedBy) && <Alert kind="warning">Ingen andre end den, der meldte truslen, er advaret. Ring selv til dem, der skal vide det.</Alert>}
        </>
      )}
      {threat !== undefined && <ActLinks caseId={opened.id} actions={actions} names={['security.confirmAlert', 'security.assess', 'security.liftAcute']} primary />}
      {may && (
        <div class="tools no-print">
          <LinkButton href={paths.act(opened.id, 'security.raiseAcute')} kind="warning">{threat === undefined ? 'Meld akut trussel' : 'Meld noget nyt om truslen'}</LinkButton>
        </div>
      )}
      <Earlier on={on} />
    </Section>
  );
};

/** Threats that were lifted; why stands there for police alone. */
const Earlier = ({ on }: { readonly on: CaseCall }) => {
  const lifted = isFullMember(on.opened.state, on.opened.actor.user) ? eventsOf(on.opened, 'AcuteThreatLifted') : [];
  return lifted.length === 0 ? null : (
    <Fold summary={`Tidligere trusler (${lifted.length})`}>
      {lifted.map(({ event, version, actor }) => (
        <article class="entry" key={version}>
          <p>{`Ophævet ${formatDate(event.on)} af ${nameOf(on, actor)}.`}</p>
          <Typed text={textOf(on.opened, version, 'why')} />
        </article>
      ))}
    </Fold>
  );
};
