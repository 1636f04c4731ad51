import type { PlainDate } from '../../domain/kernel/time.js';
import { LinkButton } from './buttons.js';
import { Due } from './due.js';
import { Empty } from './empty.js';
import { Fold } from './fold.js';

export interface Possible {
  readonly key: string;
  readonly title: string;
  readonly href: string;
  /** What the button says: 'Fortsæt vurderingen'. */
  readonly action: string;
  readonly due?: PlainDate;
  readonly note?: string;
}

export interface Missing {
  readonly text: string;
  /** Where one mends it; absent when that is others' to do. */
  readonly href?: string;
  /** '(din)', '(Sanne Thorup, frist fredag)' */
  readonly note?: string;
}

export interface Impossible {
  readonly key: string;
  readonly title: string;
  /** The rule in plain words. */
  readonly why: string;
  readonly missing?: readonly Missing[];
  /** 'Rammemodellen afsnit 5.1' */
  readonly source?: string;
  /** 'FM-ASM-1' */
  readonly rules?: readonly string[];
}

export interface CanDoProps {
  /** The most urgent one first: it stands in the panel with the page's primary button. */
  readonly possible: readonly Possible[];
  /** Nothing is urgent: none stands out. */
  readonly calm?: boolean;
  readonly impossible: readonly Impossible[];
  readonly today: PlainDate;
  /** Said when nothing can be done. */
  readonly nothing?: string;
}

/** What can be done in the case now, and what cannot yet, and why. */
export const CanDo = ({ possible, calm = false, impossible, today, nothing = 'Lige nu er der ikke noget, du skal gøre.' }: CanDoProps) => (
  <section class="section" aria-labelledby="kan-goeres">
    <h2 id="kan-goeres">Hvad kan gøres nu</h2>
    {possible.length === 0 ? (
      <Empty title={nothing} />
    ) : (
      <ul class="no-max-width plain-list can">
        {possible.map((one, index) => (
          <li key={one.key} class={index === 0 && !calm ? 'first' : undefined}>
            <div>
              <h3>{one.title}</h3>
              {one.due !== undefined && <Due due={one.due} today={today} muted={index > 0 || calm} />}
              {one.note !== undefined && <p class="muted">{one.note}</p>}
            </div>
            <LinkButton href={one.href} kind={index === 0 && !calm ? 'primary' : 'secondary'}>
              {one.action}
            </LinkButton>
          </li>
        ))}
      </ul>
    )}
    {impossible.length > 0 && (
      <Fold summary={`Kan ikke gøres endnu (${impossible.length})`} open={possible.length === 0} unprinted>
        <ul class="no-max-width plain-list cannot">
          {impossible.map((one) => (
            <li key={one.key}>
              <h3>{one.title}</h3>
              <p>{one.why}<RuleBehind source={one.source} rules={one.rules} /></p>
              <MissingList missing={one.missing ?? []} />
            </li>
          ))}
        </ul>
      </Fold>
    )}
  </section>
);

const MissingList = ({ missing }: { readonly missing: readonly Missing[] }) =>
  missing.length === 0 ? null : (
    <ul>
      {missing.map((one) => (
        <li key={one.text}>
          {one.href === undefined ? one.text : <a href={one.href}>{one.text}</a>}
          {one.note !== undefined && ` ${one.note}`}
        </li>
      ))}
    </ul>
  );

/** Where the rule stands, small behind its words and on their line: it is what whoever is asked for help looks up. */
export const RuleBehind = ({ source, rules = [] }: Pick<Impossible, 'source' | 'rules'>) => {
  const parts = [...(source === undefined ? [] : [source]), ...(rules.length === 0 ? [] : [rules.join(', ')])];
  return parts.length === 0 ? null : <span class="rule-id">{` ${parts.join(' · ')}`}</span>;
};
