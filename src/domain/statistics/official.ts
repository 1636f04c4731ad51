/** One count of cases by unit and standing, as the record gives it. */
export interface StandingCount {
  readonly unit: string;
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
