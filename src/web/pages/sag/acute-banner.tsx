import type { OpenedCase } from '../../../app/open-case.js';
import { type AcuteThreat, acuteThreat, isAlertedTo } from '../../../domain/exit-case/acute-threat.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/alert.js';

/** The threat that stands, for those who may know: the full members, and all who were alerted (FM-SEC-3). */
export const threatShownTo = ({ state, actor }: OpenedCase): AcuteThreat | undefined => {
  const threat = acuteThreat(state);
  return threat && (isFullMember(state, actor.user) || isAlertedTo(state, actor.user, threat.id)) ? threat : undefined;
};

/** On every page of the case while a threat stands; says nothing that is not the same for all who are alerted. */
export const AcuteBanner = ({ opened }: { readonly opened: OpenedCase }) => {
  const threat = threatShownTo(opened);
  return threat === undefined ? null : (
    <Alert kind="error" title="Akut trussel">
      <p class="alert-text">
        {'Er der fare nu, så ring 112. Tag ikke kontakt til personen, før du har talt med politiet. '}
        <a href={`${paths.case(opened.id, 'sikkerhed')}#akut`}>Læs advarslen</a>
      </p>
    </Alert>
  );
};
