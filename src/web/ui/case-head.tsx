import type { ComponentChildren } from 'preact';
import { Badge } from './badge.js';
import { Hidden } from './form.js';
import { Icon } from './icon.js';

/** The eight steps of the framework model, as on the overview of the course (S0 §3). */
export const STEPS = [
  'Henvendelse',
  'Enhed',
  'Visitation',
  'Indhold',
  'Kontaktperson',
  'Aftale',
  'Iværksat',
  'Opsamling',
] as const;

export interface CaseFact {
  readonly label: string;
  readonly value: ComponentChildren;
  /** The value says itself what it is; on a phone the label is left out. */
  readonly bare?: boolean;
}

export interface CaseHeadProps {
  readonly number: string;
  /** The bird label; with names shown, the page may give the name instead. */
  readonly label: string;
  readonly facts: readonly CaseFact[];
  /** 'kun sms efter kl. 16. Aldrig Digital Post.' Always in sight: a wrong call can cost a life. */
  readonly safeContact?: string;
  /** 'Adressebeskyttet' */
  readonly guards?: readonly string[];
  /** 1–8; 9 when all are done. */
  /** Absent for a reader who does not see how far the case is. */
  readonly step?: number;
  /** The case is closed: it came no further, and nothing is next. */
  readonly ended?: boolean;
  /** *Vis navne*; absent where the reader may not see any. */
  readonly names?: { readonly action: string; readonly shown: boolean; readonly csrf?: string };
  /** On the case's other pages the header takes less room. */
  readonly compact?: boolean;
}

/** The header of every page of a case. */
export const CaseHead = (props: CaseHeadProps) => (
  <div class={props.compact === true ? 'case-top is-compact' : 'case-top'}>
    <header class="case-head">
      <div class="case-title">
        <h1>
          <span class="nowrap">{props.number}</span> <span class="label">{`“${props.label}”`}</span>
        </h1>
        {props.names && <NamesButton {...props.names} />}
      </div>
      <dl class="case-facts">
        {props.facts.map((fact) => (
          <div key={fact.label} class={fact.bare === true ? 'bare' : undefined}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      <SafeContact text={props.safeContact} guards={props.guards ?? []} />
    </header>
    {props.step !== undefined && <Steps step={props.step} ended={props.ended} />}
  </div>
);

const NamesButton = ({ action, shown, csrf }: NonNullable<CaseHeadProps['names']>) => (
  <form method="post" action={action} class="end">
    {csrf !== undefined && <Hidden name="_csrf" value={csrf} />}
    <button type="submit" class="quiet-button">
      <Icon name={shown ? 'visibility-off' : 'visibility'} />
      <span>{shown ? 'Skjul navne' : 'Vis navne'}</span>
    </button>
  </form>
);

const SafeContact = ({ text, guards }: { readonly text?: string; readonly guards: readonly string[] }) => {
  if (text === undefined && guards.length === 0) return null;
  return (
    <div class="safe">
      <p>
        <Icon name="smartphone" />
        <span>
          <strong>Sikker kontakt:</strong> {text ?? 'ikke oplyst. Tag ikke kontakt, før du ved, hvordan det er sikkert.'}
        </span>
      </p>
      {guards.map((guard) => (
        <Badge key={guard} kind="guard">
          {guard}
        </Badge>
      ))}
    </div>
  );
};

/** Where the case is in the eight steps, or how far it came; on a phone eight bars under "Trin 3 af 8". */
export const Steps = ({ step, ended = false }: { readonly step: number; readonly ended?: boolean | undefined }) => {
  const [current, next] = [STEPS[step - 1], STEPS[step]];
  return (
    <>
      <p class="steps-text">
        {current === undefined ? (
          'Alle otte trin er nået.'
        ) : (
          <>
            {`${ended ? 'Sluttede ved trin' : 'Trin'} ${step} af ${STEPS.length}: `}
            <strong>{current}</strong>.{next !== undefined && !ended && <span class="muted">{` Næste: ${next}.`}</span>}
          </>
        )}
      </p>
      <ol class="steps no-max-width" aria-label="Sagens otte trin">
        {STEPS.map((name, index) => (
          <li
            key={name}
            class={index + 1 < step ? 'done' : index + 1 === step ? 'now' : undefined}
            aria-current={index + 1 === step && !ended ? 'step' : undefined}
          >
            {name}
            {index + 1 === step && ended && <span class="sr-only"> (her sluttede sagen)</span>}
            {index + 1 < step && <span class="sr-only"> (færdig)</span>}
          </li>
        ))}
      </ol>
    </>
  );
};

/** A CPR number that is not shown, also not to screen readers. */
export const MaskedCpr = () => (
  <span class="num">
    <span aria-hidden="true">••••••-••••</span>
    <span class="sr-only">skjult</span>
  </span>
);

export interface CaseMenuItem {
  readonly label: string;
  readonly href: string;
  /** What stands to the right: '1 af 3', '9. dec.' */
  readonly note?: string;
  readonly current?: boolean;
}

export interface CaseFrameProps {
  readonly head: CaseHeadProps;
  readonly menu: readonly CaseMenuItem[];
  /** A third column: the time line. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page of a case: header, side menu (on a phone a fold; both from one list), content, and perhaps an aside. */
export const CaseFrame = ({ head, menu, aside, children }: CaseFrameProps) => (
  <>
    <CaseHead {...head} />
    <div class={aside === undefined ? 'case-grid' : 'case-grid with-aside'}>
      <nav class="case-side" aria-label="Sagens sider">
        <MenuList menu={menu} />
      </nav>
      <details class="case-menu no-print">
        <summary>{`Sagens sider: ${menu.find((item) => item.current === true)?.label ?? 'vælg'}`}</summary>
        <nav aria-label="Sagens sider, menu">
          <MenuList menu={menu} />
        </nav>
      </details>
      <div>{children}</div>
      {aside !== undefined && <div class="aside">{aside}</div>}
    </div>
  </>
);

const MenuList = ({ menu }: { readonly menu: readonly CaseMenuItem[] }) => (
  <ul class="sidemenu">
    {menu.map((item) => (
      <li key={item.href} class={item.current === true ? 'active current' : undefined}>
        <a class="nav-link" href={item.href} aria-current={item.current === true ? 'page' : undefined}>
          <span>
            {item.label}
            {item.note !== undefined && (
              <>
                {' '}
                <small>{item.note}</small>
              </>
            )}
          </span>
        </a>
      </li>
    ))}
  </ul>
);
