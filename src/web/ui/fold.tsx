import type { ComponentChildren } from 'preact';

/** Something that can be folded out, with or without scripts. */
export const Fold = ({
  summary,
  open = false,
  id,
  children,
}: {
  readonly summary: ComponentChildren;
  readonly open?: boolean;
  readonly id?: string;
  readonly children: ComponentChildren;
}) => (
  <details class="fold" open={open} id={id}>
    <summary>{summary}</summary>
    {children}
  </details>
);
