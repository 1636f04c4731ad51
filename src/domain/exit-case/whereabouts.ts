import type { BodyDraft } from '../kernel/command.js';
import { identifyingFault } from '../kernel/identifying.js';
import { type BodyContent, prose } from '../kernel/prose.js';

/**
 * The part of a case that holds what its unit is named by: what is known of where the person belongs, and why the contact point chose. The contact point reads it,
 * and nothing else of the case, until a unit has taken the inquiry; then the unit's seats do (FM-INT-7).
 */
export const ABOUT_UNIT = 'unit';

export const aboutUnit = (content: BodyContent): BodyDraft => ({ scope: { kind: 'bundle', subject: ABOUT_UNIT }, content });

const READ_BY_CONTACT_POINT = 'Kontaktpunktet læser det for at udpege enheden. Skriv ikke navn eller andet, der viser, hvem personen er.';

/** What is known of where the person belongs. Numbers, mail addresses and links that could tell who he is are refused at the field; for names a person reads it. */
export const whereaboutsField = ({ hint, section }: { readonly hint?: string; readonly section?: string }) =>
  prose({
    label: 'Hvad ved I om, hvor personen hører til?', hint: [hint, READ_BY_CONTACT_POINT].filter((part) => part !== undefined).join(' '), missing: 'Skriv, hvad I ved om, hvor personen hører til', max: 2000, fault: identifyingFault,
    ...(section === undefined ? {} : { section }),
  });
