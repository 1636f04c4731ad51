/** The field of a task's command that the task itself answers, by how its key begins. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^measure:(.+)$/, 'measure'],
  [/^precaution:(.+)$/, 'precaution'],
  [/^opening:(.+)$/, 'opening'],
  [/^breach:(.+)$/, 'breach'],
  [/^hearing\.answer:(.+)$/, 'hearing'],
  [/^address\.(receipt|move)$/, 'step'],
  [/^seat:(.+):.+$/, 'role'],
  [/^access:left:(.+)$/, 'user'],
  [/^accession:\d+:(.+):\d+$/, 'party'],
];

/** Which measure, precaution, emergency opening, hearing, party or seat a task is about, so that its form does not ask. */
export const choiceOf = (taskKey: string): Readonly<Record<string, string>> => {
  for (const [pattern, field] of FIELDS) {
    const [, value] = pattern.exec(taskKey) ?? [];
    if (value !== undefined) return { [field]: value };
  }
  return {};
};
