import type { ComponentChildren } from 'preact';
import { formatInstant } from '../../domain/kernel/time.js';
import type { Instant } from '../../domain/kernel/time.js';
import { FRAME_PATHS } from './frame-paths.js';
import { PageFooter, PageHeader } from './frame.js';
import type { NavItem, SignedIn } from './frame.js';
import { Icon } from './icon.js';

export type { NavItem, SignedIn } from './frame.js';

export interface LayoutProps {
  /** Neutral words only: it ends up in the browser's history. 'Sag UV-7K3M-9QX', 'Fejl: Ny henvendelse'. */
  readonly title: string;
  /** Absent on pages that need no login: then neither menu, search nor script-driven idle warning. */
  readonly user?: SignedIn;
  readonly nav: readonly NavItem[];
  /** The session's token; every form of the frame posts it. */
  readonly csrf?: string;
  /** 'Mette Lindqvist, Københavns Vestegns Politi': stands on the print. */
  readonly printedBy?: string;
  /** Nothing on the page is confidential: its print does not say so. */
  readonly open?: boolean;
  readonly now: Instant;
  /** What was just done, said where it was done. */
  readonly flash?: { readonly kind: 'success' | 'info'; readonly text: string };
  readonly demonstration?: boolean;
  /** Nobody is signed in, and the page must not stay: `idle-warning.js` leaves it. */
  readonly leaves?: boolean;
  /** The program's version, shown in the footer. */
  readonly version?: string;
  readonly children: ComponentChildren;
}

/** The whole html of a page: head, header with menus, what the page says, footer. Holds no inline style or script. */
export const Layout = (props: LayoutProps) => (
  <html lang="da">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{`${props.title} – Udvej`}</title>
      <link rel="stylesheet" href="/assets/dkfds/css/dkfds.min.css" />
      <link rel="stylesheet" href="/assets/udvej.css" />
      <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
      {props.user && <script src="/assets/screen-first.js" />}
      <script type="module" src="/assets/udvej.js" />
    </head>
    <body data-keep-alive={props.user && FRAME_PATHS.keepAlive} data-csrf={props.user && props.csrf} data-leaves={props.leaves === true ? '' : undefined}>
      <a class="skipnav" href="#main-content">
        Gå til sidens indhold
      </a>
      <PageHeader user={props.user} nav={props.nav} csrf={props.csrf} demonstration={props.demonstration} />
      <main id="main-content" class="page" tabIndex={-1}>
        <div class="wrap">
          {props.printedBy !== undefined && (
            <p class="print-only print-head"><span>{`Udskrevet af ${props.printedBy}, ${formatInstant(props.now)}.${props.open === true ? '' : ' Fortroligt.'}`}</span></p>
          )}
          {props.flash && <Flash {...props.flash} />}
          {props.children}
        </div>
      </main>
      <PageFooter authority={props.user?.authorityName} version={props.version} />
    </body>
  </html>
);

const Flash = ({ kind, text }: NonNullable<LayoutProps['flash']>) => (
  <div class={`alert alert-${kind} flash`} role="status">
    <Icon name={kind === 'success' ? 'success' : 'info'} class="alert-icon" />
    <div class="alert-body">
      <p class="alert-text">{text}</p>
    </div>
  </div>
);

/** The heading of a page that is not a case. */
export const PageHead = ({ title, children }: { readonly title: ComponentChildren; readonly children?: ComponentChildren }) => (
  <header class="page-head">
    <h1>{title}</h1>
    {typeof children === 'string' ? <p class="muted">{children}</p> : children}
  </header>
);

/** A part of a page with its heading, named by it for screen readers. `id` is unique on the page. */
export const Section = (props: {
  readonly id: string;
  readonly title: ComponentChildren;
  readonly count?: number;
  readonly children: ComponentChildren;
}) => (
  <section class="section" aria-labelledby={props.id}>
    <h2 id={props.id}>
      {props.title}
      {props.count !== undefined && <Count value={props.count} />}
    </h2>
    {props.children}
  </section>
);

/** A number beside a heading: how many stand below it. */
export const Count = ({ value }: { readonly value: number | string }) => (
  <>
    {' '}
    <span class="count">{value.toLocaleString('da-DK')}</span>
  </>
);
