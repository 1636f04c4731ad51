import type { Instant } from '../../domain/kernel/time.js';
import { When } from './when.js';

export interface TimelineItem {
  readonly key: string;
  /** What happened, as a sentence: 'Ishøj Kommune har afgivet sin vurdering'. */
  readonly text: string;
  readonly at: Instant;
  /** On lists across cases: which case. */
  readonly place?: string;
  readonly placeHref?: string;
}

/** What happened, newest first. */
export const Timeline = ({ items, now }: { readonly items: readonly TimelineItem[]; readonly now: Instant }) => (
  <ol class="no-max-width plain-list news">
    {items.map((item) => (
      <li key={item.key}>
        <p>{item.text}</p>
        <p class="when">
          {item.place !== undefined && (
            <>
              {item.placeHref === undefined ? item.place : <a href={item.placeHref}>{item.place}</a>}
              {' · '}
            </>
          )}
          <When at={item.at} now={now} begins={item.place === undefined} />
        </p>
      </li>
    ))}
  </ol>
);
