import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

export type AlertKind = 'info' | 'success' | 'warning' | 'error';

export interface AlertProps {
  readonly kind: AlertKind;
  readonly title?: string;
  readonly headingLevel?: 2 | 3;
  /** Said at once by screen readers: only for what has just happened. */
  readonly announce?: boolean;
  readonly children?: ComponentChildren;
}

/** Something to notice before the rest of the page. */
export const Alert = ({ kind, title, headingLevel = 2, announce = false, children }: AlertProps) => {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div class={`alert alert-${kind}`} role={announce ? 'alert' : undefined}>
      <Icon name={kind} class="alert-icon" />
      <div class="alert-body">
        {title !== undefined && <Heading class="alert-heading">{title}</Heading>}
        {typeof children === 'string' ? <p class="alert-text">{children}</p> : children}
      </div>
    </div>
  );
};

/** The panel of the next step: the most important thing on the page stands in it, with its button. */
export const NextStep = ({
  lead,
  title,
  titleId,
  children,
  action,
}: {
  readonly lead?: ComponentChildren;
  readonly title: string;
  /** For a blocked button that points here. */
  readonly titleId?: string;
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
}) => (
  <div class="next">
    <div>
      {typeof lead === 'string' ? <p class="muted">{lead}</p> : lead}
      <p class="big" id={titleId}>
        {title}
      </p>
      {typeof children === 'string' ? <p class="muted">{children}</p> : children}
    </div>
    {action}
  </div>
);
