/** A count of cases by standing, as the record gives it. */
export interface StandingCount {
  readonly state: string;
  readonly n: number;
}

/** The official figures of S4, and refusals in a row of their own (FM-STA-1). */
export interface OfficialFigures {
  readonly runningCourses: number;
  readonly runningAssessments: number;
  readonly completed: { readonly total: number; readonly reRegistered: number };
  readonly interrupted: { readonly total: number; readonly reRegistered: number };
  readonly interruptedAssessments: number;
  readonly refused: number;
}

/**
 * Counts cases as the official figures do. A case accepted but without an agreement yet is still in assessment: the course runs from
 * the entry of the first agreement (S0 §5.1).
 */
export function officialFigures(cells: readonly Pick<StandingCount, 'state' | 'n'>[]): OfficialFigures {
  const of = (...states: readonly string[]): number => cells.filter((cell) => states.includes(cell.state)).reduce((sum, cell) => sum + cell.n, 0);
  return {
    runningCourses: of('course'),
    runningAssessments: of('assessment', 'accepted'),
    completed: { total: of('completed'), reRegistered: of('completed-re-registered') },
    interrupted: { total: of('interrupted'), reRegistered: of('interrupted-re-registered') },
    interruptedAssessments: of('assessment-interrupted'),
    refused: of('refused'),
  };
}

/** A line of the official table: its words, the number, and of how many of these police recorded again. */
export interface OfficialLine {
  readonly key: keyof OfficialFigures;
  readonly label: string;
  readonly total: (figures: OfficialFigures) => number;
  readonly again?: (figures: OfficialFigures) => number;
}
/** The table of S4, line by line, and refusals after it. */
export const OFFICIAL_LINES: readonly OfficialLine[] = [
  { key: 'runningCourses', label: 'Igangværende exitforløb', total: (one) => one.runningCourses },
  { key: 'runningAssessments', label: 'Igangværende visitationer', total: (one) => one.runningAssessments },
  { key: 'completed', label: 'Gennemførte exitforløb', total: (one) => one.completed.total, again: (one) => one.completed.reRegistered },
  { key: 'interrupted', label: 'Afbrudte exitforløb', total: (one) => one.interrupted.total, again: (one) => one.interrupted.reRegistered },
  { key: 'interruptedAssessments', label: 'Afbrudte visitationer', total: (one) => one.interruptedAssessments },
  { key: 'refused', label: 'Afslag', total: (one) => one.refused },
];
