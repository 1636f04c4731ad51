import type { ComponentChildren } from 'preact';
import { Hidden } from './form.js';
import { Icon } from './icon.js';
import type { IconName } from './icon.js';

/** One primary button a page: the next step. `warning`: the one red button, for an acute threat. */
export type ButtonKind = 'primary' | 'secondary' | 'warning';

interface Looks {
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  /** What the same words concern, for those who hear the buttons one by one: 'i UV-7K3M-9QX'. */
  readonly context?: string;
  readonly class?: string;
  /** The act: 'Indgå aftalen', not 'Gem'. */
  readonly children: ComponentChildren;
}

const classOf = ({ kind = 'secondary', class: extra }: Pick<Looks, 'kind' | 'class'>): string =>
  `button button-${kind}${extra === undefined ? '' : ` ${extra}`}`;

const Inside = ({ icon, context, children }: Pick<Looks, 'icon' | 'context' | 'children'>) => (
  <>
    {icon !== undefined && <Icon name={icon} />}
    {children}
    {context !== undefined && <span class="sr-only">{` ${context}`}</span>}
  </>
);

/** Goes somewhere; looks like a button because it begins an act. */
export const LinkButton = ({ href, ...looks }: Looks & { readonly href: string }) => (
  <a class={classOf(looks)} href={href}>
    <Inside {...looks} />
  </a>
);

/** Sends the form around it, or the one whose id is `form`. With a name and value it says which of several buttons was pressed. */
export const SubmitButton = ({ name, value, form, ...looks }: Looks & { readonly name?: string; readonly value?: string; readonly form?: string }) => (
  <button type="submit" class={classOf({ kind: 'primary', ...looks })} name={name} value={value} form={form}>
    <Inside {...looks} />
  </button>
);

/** Cannot be pressed yet: stays reachable, and points to the text that says what is missing. */
export const BlockedButton = ({ because, ...looks }: Looks & { readonly because: string }) => (
  <button type="button" class={classOf(looks)} aria-disabled="true" aria-describedby={because}>
    <Inside {...looks} />
  </button>
);

interface ActProps extends Looks {
  readonly action: string;
  readonly csrf?: string;
  readonly idempotencyKey?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** An act of one press that needs no more answers: a form of one button. */
export const ActButton = ({ action, csrf, idempotencyKey, values = {}, ...looks }: ActProps) => (
  <form method="post" action={action} class="one-button" data-guard>
    {csrf !== undefined && <Hidden name="_csrf" value={csrf} />}
    {idempotencyKey !== undefined && <Hidden name="_key" value={idempotencyKey} />}
    {Object.entries(values).map(([name, value]) => (
      <Hidden key={name} name={name} value={value} />
    ))}
    <button type="submit" class={classOf(looks)}>
      <Inside {...looks} />
    </button>
  </form>
);

/** Buttons side by side. */
export const Tools = ({ children }: { readonly children: ComponentChildren }) => <div class="tools">{children}</div>;
