import type { Action } from '../../../app/actions.js';
import { paths } from '../../paths.js';
import { LinkButton } from '../../ui/buttons.js';
import { RuleLine } from '../../ui/can-do.js';
import { Fold } from '../../ui/fold.js';
import { verbOf } from '../command-words.js';

interface ActLinksProps {
  readonly caseId: string;
  readonly actions: readonly Action[];
  /** Commands shown here, in this order. */
  readonly names: readonly string[];
  /** Ids that the page has settled: which measure, which question. */
  readonly choice?: Readonly<Record<string, string>>;
  /** The first possible one is the page's primary button. */
  readonly primary?: boolean;
}

/** Buttons for what can be done here; what cannot yet is folded away with its reason. */
export const ActLinks = ({ caseId, actions, names, choice, primary = false }: ActLinksProps) => {
  const mine = names.map((name) => actions.find((action) => action.name === name)).filter((action) => action !== undefined);
  const possible = mine.filter((action) => action.possible);
  const blocked = mine.filter((action) => !action.possible && action.why !== undefined);
  return (
    <>
      {possible.length > 0 && (
        <div class="tools no-print">
          {possible.map((action, index) => (
            <LinkButton key={action.name} href={paths.act(caseId, action.name, choice)} kind={primary && index === 0 ? 'primary' : 'secondary'}>
              {verbOf(action.name) === 'Åbn' ? action.title : verbOf(action.name)}
            </LinkButton>
          ))}
        </div>
      )}
      {blocked.length > 0 && (
        <Fold summary={`Kan ikke gøres endnu (${blocked.length})`} open={false}>
          <ul class="no-max-width plain-list cannot">
            {blocked.map((action) => (
              <li key={action.name}>
                <h3>{action.title}</h3>
                <p>{action.why}</p>
                <RuleLine {...(action.rule === undefined ? {} : { rules: [action.rule] })} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
};

/** Words as they were typed: line breaks kept, nothing shown when there are none. */
export const Typed = ({ label, text }: { readonly label?: string; readonly text: string | undefined }) =>
  text === undefined || text === '' ? null : (
    <p class="typed">
      {label !== undefined && <strong>{`${label}: `}</strong>}
      {text}
    </p>
  );
