import { unitName } from '../../../domain/reference/authorities.js';
import type { QuestionRow } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import { LinkButton } from '../../ui/buttons.js';
import { Count } from '../../ui/layout.js';
import { QUESTION_KINDS } from './words.js';

/** On the front page: questions to which something came after the official gave his authority's position. To be looked at, and by no day: he need not speak again (FM-DEC-2). */
export const Overtaken = ({ rows }: { readonly rows: readonly QuestionRow[] }) => rows.length === 0 ? null : (
  <section class="work" aria-labelledby="nyt-siden">
    <h2 id="nyt-siden">Nyt siden din stillingtagen<Count value={rows.length} /></h2>
    <ul class="no-max-width plain-list todo is-undated">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <h3>{QUESTION_KINDS[row.kind].title}</h3>
            <p class="muted small">{`${row.number} · ${unitName(row.unit)}`}</p>
          </div>
          <LinkButton href={paths.question(row.id)} context={`i ${row.number}`}>Se det nye</LinkButton>
        </li>
      ))}
    </ul>
  </section>
);
