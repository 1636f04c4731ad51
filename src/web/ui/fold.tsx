import type { ComponentChildren } from 'preact';

/** Something that can be folded out, with or without scripts. */
export const Fold = ({
  summary,
  open = false,
  id,
  unprinted = false,
  children,
}: {
  readonly summary: ComponentChildren;
  readonly open?: boolean;
  readonly id?: string;
  /** Ways to act mean nothing on paper. */
  readonly unprinted?: boolean;
  readonly children: ComponentChildren;
}) => (
  <details class={unprinted ? 'fold no-print' : 'fold'} open={open} id={id}>
    <summary>{summary}</summary>
    {children}
  </details>
);
