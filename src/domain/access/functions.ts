/** Functions that a login may assert, each by its own identity provider (access.md). */
export const FUNCTIONS = [
  'police_exit', 'municipal_exit', 'probation_exit', 'custody_exit', 'contact_point', 'measure_owner', 'screening', 'auditor', 'admin',
] as const;
export type StaffFunction = (typeof FUNCTIONS)[number];

const LABELS: Readonly<Record<string, string>> = {
  police_exit: 'Politiets exitenhed', municipal_exit: 'Kommunens exitkoordinator', probation_exit: 'Kriminalforsorgen i frihed',
  custody_exit: 'Kriminalforsorgens exitarbejde', contact_point: 'Det Nationale Exitkontaktpunkt', measure_owner: 'Ansvarlig for tiltag',
  screening: 'Sikkerhedsscreening', auditor: 'Revisor', admin: 'Drift',
};

export const functionLabel = (name: string): string => LABELS[name] ?? name;

/** Whose function is in cases to screen alone: of a case he knows the number and the unit (FM-SEC-2). */
export const isScreener = (functions: readonly string[]): boolean => functions.includes('screening') && !mayRegister(functions);

/** Functions that can receive an inquiry; the others never touch a case (FM-CNF-6). */
export const mayRegister = (functions: readonly string[]): boolean =>
  functions.some((one) => ['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit', 'contact_point', 'measure_owner'].includes(one));

/** Functions whose people may open a safety card from outside of the circle when somebody's life is in danger (FM-CNF-10). */
export const mayOpenInEmergency = (functions: readonly string[]): boolean =>
  functions.some((one) => ['police_exit', 'custody_exit', 'probation_exit', 'municipal_exit', 'contact_point'].includes(one));

/** Functions whose people may ask the contact point for guidance without a case; the contact point answers and does not ask (FM-NCP-6). */
export const mayAskGuidance = (functions: readonly string[]): boolean => mayRegister(functions) && !functions.includes('contact_point');
