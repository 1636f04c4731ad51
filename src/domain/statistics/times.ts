/** How long a step took in the cases that took it in the period: how many did, and quartiles in days; at the unit that had them then (FM-STA-2). */
export interface StepTime {
  readonly step: Step;
  /** Null: the whole country. */
  readonly unit: string | null;
  readonly n: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
}

/** From the day the inquiry was received to the first decision; from acceptance to the entry of the first agreement; from there to the end of the course. */
export const STEPS = [
  { value: 'decision', label: 'Fra henvendelse til afgørelse' },
  { value: 'agreement', label: 'Fra optagelse til exitaftale' },
  { value: 'end', label: 'Fra exitaftale til forløbets slutning' },
] as const;
export type Step = (typeof STEPS)[number]['value'];

/** Follow-ups that were due in the period, at the unit that had the case on the day: held by the day, held later, or not held when the figures are of. Null: the whole country (FM-CRS-1, FM-STA-2). */
export interface FollowUpCount {
  readonly unit: string | null;
  readonly due: number;
  readonly onTime: number;
  readonly late: number;
}
export const missing = ({ due, onTime, late }: FollowUpCount): number => due - onTime - late;

/** What the figures tell beside how many there are. */
export interface Times {
  readonly steps: readonly StepTime[];
  readonly followUps: readonly FollowUpCount[];
}

/** A case that stood otherwise on the day when the figures were drawn first than what is known of that day now (FM-STA-3). No case is named. */
export interface Correction {
  readonly recordedOn: string;
  /** Null: it was not known of; and: it does not count any more. */
  readonly was: string | null;
  readonly is: string | null;
  readonly wasUnit: string | null;
  readonly isUnit: string | null;
  /** Another municipality, category, place or age, or other measures. */
  readonly otherFacts: boolean;
}
