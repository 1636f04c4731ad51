/**
 * The subjects of KLE, the municipalities' common filing plan, that exit cases and their measures are filed under (FM-LAW-2).
 * Municipalities alone use it; police and Kriminalforsorgen have plans of their own. KLE is published anew, so source and date stand here.
 */

/** Where the subjects were read: KL's template for records of processing as kept by OS2compliance, `scripts/kle-mapping.csv`. */
export const KLE_SOURCE = {
  title: 'KL’s skabelon for fortegnelser over behandlinger, gengivet i OS2compliance',
  /** Year and month of the file. */
  asOf: '2025-09',
} as const;

/** Titles as they stand in the source. */
const AS_PUBLISHED = {
  '15.18.05': 'Virksomhedspraktik',
  '15.18.10': 'Ansættelse med løntilskud',
  '15.18.20': 'Vejledning og opkvalificering',
  '15.20.20': 'Kontaktforløb m.v.',
  '15.20.36': 'Mentorstøtte',
  '27.12.12': 'Handleplaner, voksne',
  '27.12.26': 'Politi, Socialforvaltning og Psykiatri- samarbejde (PSP)',
  '27.12.30': 'Politi, Socialforvaltning og Psykiatri- henvendelser (PSP)',
  '27.12.34': 'Kriminalforsorg, Socialforvaltning og Politi- samarbejde (KSP)',
  '27.12.36': 'Exit-programmer',
  '27.51.04': 'Social behandling af stofmisbrug',
  '32.21.24': 'Hjælp til flytning',
  '34.50.20': 'Ungestøtte til unge fra 18 til 22 år',
} as const;

/** Subjects whose numbers are known and whose titles are given by what they are about: check the wording before it is printed. */
const BY_MATTER = {
  '00.07.03': 'Aktindsigt',
  '00.07.04': 'Partshøring',
  '00.07.07': 'Tavshedspligt',
  '03.10.04': 'Anvisningsret',
  '27.25.08': 'SSP',
  '27.25.12': 'SSP',
  '27.69.16': 'Mellemkommunal refusion og handleforpligtelse',
  '27.69.17': 'Mellemkommunal refusion og handleforpligtelse',
  '27.69.19': 'Mellemkommunal refusion og handleforpligtelse',
  '27.69.24': 'Oplysningspligt og samtykke',
  '29.24.04': 'Alkoholbehandling',
  '29.24.08': 'Lægelig behandling af stofmisbrugere',
  '32.24.04': 'Kontanthjælp',
  '85.08.15': 'Aflevering',
} as const;

const SUBJECTS = { ...AS_PUBLISHED, ...BY_MATTER } as const;

export type KleSubject = keyof typeof SUBJECTS;

/** All subjects known here, in the order of their numbers. */
export const KLE_SUBJECTS = (Object.keys(SUBJECTS) as KleSubject[]).sort();

/**
 * The subject every exit case is filed under. It names the case for what it is: it stands in the case bundle and never in a shared
 * index (FM-CNF-9).
 */
export const EXIT_SUBJECT: KleSubject = '27.12.36';

export function isKleSubject(text: string): text is KleSubject {
  return Object.hasOwn(SUBJECTS, text);
}

/** '27.12.36 Exit-programmer', as a journal writes it. */
export function kleTitle(subject: KleSubject): string {
  return `${subject} ${SUBJECTS[subject]}`;
}

/** Whether the title is worded as KLE words it. */
export function isTitleAsPublished(subject: KleSubject): boolean {
  return Object.hasOwn(AS_PUBLISHED, subject);
}
