import type { Instant } from '../../domain/kernel/time.js';
import { Badge } from './badge.js';
import { LinkButton } from './buttons.js';
import { Count } from './layout.js';
import { When } from './when.js';

export interface InboxItem {
  /** The inquiry's number; never a name. */
  readonly number: string;
  readonly receivedAt: Instant;
  /** 'Telefon. Skal tages senest i morgen.' */
  readonly about: string;
  readonly urgent?: boolean;
  /** It should have been taken: 'Skulle være taget for 4 dage siden'. */
  readonly late?: string;
  /** Somebody's life was in danger: 'Sikkerhedskortet blev åbnet kl. 20.12'. */
  readonly acute?: string;
  readonly href: string;
  /** 'Tag henvendelsen' unless said otherwise. */
  readonly action?: string;
}

export interface InboxProps {
  readonly id: string;
  readonly title?: string;
  readonly items: readonly InboxItem[];
  readonly now: Instant;
}

/** Inquiries that wait for the unit. Names come first when one has been taken. */
export const Inbox = ({ id, title = 'Enhedens indbakke', items, now }: InboxProps) => (
  <section class="aside-block" aria-labelledby={id}>
    <h2 id={id}>
      {title}
      {items.length > 0 && <Count value={items.length} />}
    </h2>
    {items.length === 0 ? (
      <p class="muted">Ingen henvendelser venter.</p>
    ) : (
      <>
        <ul class="no-max-width plain-list inbox">
          {items.map((item) => (
            <li key={item.number}>
              {item.acute !== undefined && (
                <p>
                  <Badge kind="late">{item.acute}</Badge>
                </p>
              )}
              {item.urgent === true && (
                <p>
                  <Badge kind="late">Haster</Badge>
                </p>
              )}
              <p>
                <strong>{item.number}</strong> modtaget <When at={item.receivedAt} now={now} />
              </p>
              <p class="muted small">{item.about}</p>
              {item.late !== undefined && (
                <p>
                  <Badge kind="late">{item.late}</Badge>
                </p>
              )}
              <LinkButton href={item.href} context={item.number}>
                {item.action ?? 'Tag henvendelsen'}
              </LinkButton>
            </li>
          ))}
        </ul>
        <p class="small muted">Du ser først navnet, når enheden har taget henvendelsen.</p>
      </>
    )}
  </section>
);
