import type { Action } from '../../../app/actions.js';
import { paths } from '../../paths.js';
import { LinkButton } from '../../ui/buttons.js';
import { RuleBehind } from '../../ui/can-do.js';
import { Fold } from '../../ui/fold.js';
import { verbOf } from '../command-words.js';

interface ActLinksProps {
  readonly caseId: string;
  readonly actions: readonly Action[];
  /** Commands shown here, in this order. */
  readonly names: readonly string[];
  /** Ids that the page has settled: which measure, which question. */
  readonly choice?: Readonly<Record<string, string>>;
  /** The first button is the page's primary one. */
  readonly primary?: boolean;
  /** Those that get a button; the others are folded away. Without it all get one. */
  readonly first?: ReadonlySet<string>;
}

/** Buttons for what is to be done here; what can be done beside it, and what cannot yet, is folded away. */
export const ActLinks = ({ caseId, actions, names, choice, primary = false, first }: ActLinksProps) => {
  const mine = names.map((name) => actions.find((action) => action.name === name)).filter((action) => action !== undefined);
  const possible = mine.filter((action) => action.possible);
  const buttons = possible.filter(({ name }) => first?.has(name) ?? true);
  const others = possible.filter((action) => !buttons.includes(action));
  const blocked = mine.filter((action) => !action.possible && action.why !== undefined);
  return (
    <>
      {buttons.length > 0 && (
        <div class="tools no-print">
          {buttons.map((action, index) => (
            <LinkButton key={action.name} href={paths.act(caseId, action.name, choice)} kind={primary && index === 0 ? 'primary' : 'secondary'}>
              {verbOf(action.name) === 'Åbn' ? action.title : verbOf(action.name)}
            </LinkButton>
          ))}
        </div>
      )}
      {others.length > 0 && (
        <Fold summary="Andre handlinger" unprinted>
          <ul class="plain-list links others">
            {others.map((action) => <li key={action.name}><a href={paths.act(caseId, action.name, choice)}>{action.title}</a></li>)}
          </ul>
        </Fold>
      )}
      {blocked.length > 0 && (
        <Fold summary={`Kan ikke gøres endnu (${blocked.length})`} open={false} unprinted>
          <ul class="no-max-width plain-list cannot">
            {blocked.map((action) => (
              <li key={action.name}>
                <h3>{action.title}</h3>
                <p>{action.why}<RuleBehind {...(action.rule === undefined ? {} : { rules: [action.rule] })} /></p>
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
