/** Who an exit course is for: the two categories of S0 §3 and what ties to the milieu can be read from (FM-TGT-1 to FM-TGT-3, FM-TGT-7). */

/** What police says of the register, and nothing else of it (FM-TGT-6). */
export const REGISTRATIONS = ['registered', 'formerly', 'not'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

const REGISTRATION_LABELS: Readonly<Record<Registration, string>> = {
  registered: 'Registreret',
  formerly: 'Tidligere registreret',
  not: 'Ikke registreret',
};

export function registrationLabel(registration: Registration): string {
  return REGISTRATION_LABELS[registration];
}

export const TARGET_CATEGORIES = ['1a', '1b', '2a', '2b', '2c', '2d', '2e', '2f', '2g'] as const;
export type TargetCategory = (typeof TARGET_CATEGORIES)[number];

export const MAIN_CATEGORIES = ['1', '2'] as const;
export type MainCategory = (typeof MAIN_CATEGORIES)[number];

const MAIN_CATEGORY_LABELS: Readonly<Record<MainCategory, string>> = {
  '1': 'Er eller har været registreret som tilknyttet rocker- og bandegrupperinger',
  '2': 'Har eller har haft tilknytning til rocker- og bandemiljøet, men er ikke og har ikke været registreret',
};

export function mainCategoryLabel(category: MainCategory): string {
  return MAIN_CATEGORY_LABELS[category];
}

/** 1 for the registered, 2 for those with ties who never were. */
export function mainCategory(category: TargetCategory): MainCategory {
  return category === '1a' || category === '1b' ? '1' : '2';
}

const CATEGORY_LABELS: Readonly<Record<TargetCategory, string>> = {
  '1a': 'Er aktuelt registreret',
  '1b': 'Er ikke længere registreret, men har fortsat brug for hjælp til at ændre livsstil og komme væk fra miljøet',
  '2a': 'Bidrager til miljøets kriminalitet på grund af sit virke i det',
  '2b': 'Opfylder kriterierne for registrering, men var ikke registreret, da visitationen begyndte',
  '2c': 'Er på vej ind i rocker- og bandemiljøet',
  '2d': 'Opfylder ikke kriterierne, men kriminalitet og omgang med miljøet øger risikoen for rekruttering',
  '2e': 'Har tidligere haft tilknytning og har fortsat brug for hjælp til at ændre livsstil og komme væk fra miljøet',
  '2f': 'Aktiviteterne foregik i udlandet, og personen flytter til Danmark',
  '2g': 'Har en anden tilknytning til miljøet, som beskrives',
};

/** The category in Danish, short for "Personen …" (S0 §3). */
export function targetCategoryLabel(category: TargetCategory): string {
  return CATEGORY_LABELS[category];
}

/**
 * What police must have confirmed for a category: 1a *registered*, 1b *formerly*, every other *not*. The state when assessment began
 * counts; registration afterwards changes nothing (FM-TGT-7).
 */
export function registrationNeededFor(category: TargetCategory): Registration {
  if (category === '1a') return 'registered';
  return category === '1b' ? 'formerly' : 'not';
}

/** Whether the category rests on an overall assessment of conduct and acts, with at least one indicator (FM-TGT-3). */
export function needsIndicators(category: TargetCategory): boolean {
  return mainCategory(category) === '2';
}

/** Whether the category says nothing without a description of the ties (FM-TGT-2, 2g). */
export function needsDescription(category: TargetCategory): boolean {
  return category === '2g';
}

export const INDICATORS = ['physical-marks', 'interaction', 'milieu-crime', 'other-conduct'] as const;
export type Indicator = (typeof INDICATORS)[number];

const INDICATOR_LABELS: Readonly<Record<Indicator, string>> = {
  'physical-marks': 'Fysiske kendetegn, der peger på en rocker- eller bandegruppering, f.eks. tatoveringer',
  interaction: 'Social eller økonomisk omgang med et eller flere medlemmer',
  'milieu-crime': 'Kriminalitet, der er relateret til miljøet',
  'other-conduct': 'Anden adfærd eller andre handlinger',
};

export function indicatorLabel(indicator: Indicator): string {
  return INDICATOR_LABELS[indicator];
}
