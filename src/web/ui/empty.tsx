import type { ComponentChildren } from 'preact';

/** Nothing here, said kindly, with what comes next: 'Intet venter på dig. Næste opfølgning er 4. december.' */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children !== undefined && <p class="muted">{children}</p>}
  </div>
);
