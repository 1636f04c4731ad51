import type { ComponentChildren } from 'preact';
import type { PlainDate } from '../../domain/kernel/time.js';
import { LinkButton } from './buttons.js';
import { Due, DueBy, isLate } from './due.js';
import { Count } from './layout.js';

export interface Todo {
  readonly key: string;
  /** What is to be done, in plain words: 'Afgiv politiets vurdering'. */
  readonly title: string;
  readonly due: PlainDate;
  /** By what hour, where a day is too long: 'Inden kl. 21.12'. It stands out as what is late does. */
  readonly by?: string;
  /** Leads to exactly the form that does it. */
  readonly href: string;
  readonly action: string;
  /** Where it belongs: a case number, or 'Københavns Vestegn'. */
  readonly place: string;
  readonly placeHref?: string;
  /** The case's bird label. */
  readonly label?: string;
  /** Whom it waits for. */
  readonly who?: string;
}

export interface TodoListProps {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly items: readonly Todo[];
  readonly today: PlainDate;
  /** now: today and late, with a left edge · week · wait: it is others' turn */
  readonly block?: 'now' | 'week' | 'wait';
  /** The page's one primary button is the first one here. */
  readonly primary?: boolean;
  /** What is said when nothing is in it; without it an empty block is not shown. */
  readonly empty?: ComponentChildren;
}

/** One block of Mit arbejde. */
export const TodoList = ({ id, title, items, today, block = 'week', primary = false, empty }: TodoListProps) => {
  if (items.length === 0 && empty === undefined) return null;
  return (
    <section class={`work work--${block}`} aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {items.length > 0 && <Count value={items.length} />}
      </h2>
      {items.length === 0 ? (
        <p class="muted">{empty}</p>
      ) : (
        <ul class="no-max-width plain-list todo">
          {items.map((item, index) => (
            <TodoRow key={item.key} item={item} today={today} waiting={block === 'wait'} primary={primary && index === 0} />
          ))}
        </ul>
      )}
    </section>
  );
};

const TodoRow = ({
  item,
  today,
  waiting,
  primary,
}: {
  readonly item: Todo;
  readonly today: PlainDate;
  readonly waiting: boolean;
  readonly primary: boolean;
}) => (
  <li class={item.by !== undefined || isLate({ due: item.due, today }) ? 'is-late' : undefined}>
    <div>
      <h3>{item.title}</h3>
      <p class="muted small">
        {item.placeHref === undefined ? item.place : <a href={item.placeHref}>{item.place}</a>}
        {item.label !== undefined && ` “${item.label}”`}
        {item.who !== undefined && ` · ${item.who}`}
      </p>
    </div>
    {item.by === undefined ? <Due due={item.due} today={today} waiting={waiting} /> : <DueBy words={item.by} />}
    <LinkButton href={item.href} kind={primary ? 'primary' : 'secondary'} context={`i ${item.place}`}>
      {item.action}
    </LinkButton>
  </li>
);
