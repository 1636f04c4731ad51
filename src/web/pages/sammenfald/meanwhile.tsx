import { Alert } from '../../ui/alert.js';

/** What somebody chose while a colleague did the same: nothing of it is stored, and nothing of it is lost. */
export interface Meanwhile {
  /** What became of it: 'Din afgørelse er ikke gemt'. */
  readonly title: string;
  readonly why: string;
  /** In the words of the form; none where nothing was chosen. */
  readonly chosen: readonly string[];
}

export const ByAColleague = ({ title, why, chosen }: Meanwhile) => (
  <>
    <Alert kind="warning" title={title} announce>{chosen.length === 0 ? why : `${why} Du valgte:`}</Alert>
    {chosen.length > 0 && <blockquote class="typed">{chosen.map((one) => `${one}.`).join(' ')}</blockquote>}
  </>
);
