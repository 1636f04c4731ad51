/** The field of a task's command that the task itself answers, by how its key begins. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^measure:(.+)$/, 'measure'],
  [/^precaution:(.+)$/, 'precaution'],
  [/^opening:(.+)$/, 'opening'],
  [/^breach:(.+)$/, 'breach'],
  [/^hearing\.answer:(.+)$/, 'hearing'],
  [/^address\.(receipt|move)$/, 'step'],
  [/^(?:question\.readAnswer|decision\.give|contactPoint\.(?:advise|decide|decideReview)):([0-9a-f-]{36})(?::.+)?$/, 'question'],
  [/^seat:(.+):.+$/, 'role'],
  [/^access:left:(.+)$/, 'user'],
  [/^accession:\d+:(.+):\d+$/, 'party'],
];

/** Where somebody's life is or was in danger: an acute threat, and that the safety card was opened for one. It stands before all else (FM-SEC-3, FM-CNF-10). */
export const isAcute = ({ key }: { readonly key: string }): boolean => key.startsWith('acute') || key.startsWith('opening:');

interface Waits {
  readonly key: string;
  readonly title: string;
  readonly mine: boolean;
  /** Absent where all rows are of one case. */
  readonly case_id?: string;
}
/** What waits for others, but for what waits for the reader just as well: an empty seat is each of the others' to fill, and is said once. */
export const onlyOthers = <Row extends Waits>(rows: readonly Row[]): readonly Row[] =>
  rows.filter((row) => !row.mine && !(row.key.startsWith('seat:') && rows.some((own) => own.mine && own.case_id === row.case_id && own.title === row.title)));

/** Which measure, precaution, emergency opening, hearing, party or seat a task is about, so that its form does not ask. */
export const choiceOf = (taskKey: string): Readonly<Record<string, string>> => {
  for (const [pattern, field] of FIELDS) {
    const [, value] = pattern.exec(taskKey) ?? [];
    if (value !== undefined) return { [field]: value };
  }
  return {};
};
