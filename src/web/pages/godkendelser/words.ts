import type { ApprovalKind } from '../../../store/approvals.js';

interface Words {
  /** On the list of what waits. */
  readonly title: string;
  /** What happens on a yes. */
  readonly yes: string;
  /** What to look at before one answers. */
  readonly before: string;
}

export const APPROVALS: Readonly<Record<ApprovalKind, Words>> = {
  'held-number': {
    title: 'Godkend en henvendelse med CPR-nummer',
    yes: 'Nummeret bliver sammenlignet med andre sager, som det ellers sker af sig selv. Kun kontaktpunktet ser, om der er et sammenfald.',
    before: 'Din kollega har registreret flere henvendelser med CPR-nummer på én dag, end der plejer at være. Spørg, hvorfor, før du svarer.',
  },
  'match-names': {
    title: 'Godkend, at en kollega ser to navne',
    yes: 'Din kollega kan se navn og CPR-nummer i de to sager én gang.',
    before: 'De to sager er måske om samme person. Navnene skal kun ses, hvis det ikke kan afgøres på anden måde.',
  },
  'case-bundle': {
    title: 'Godkend, at en sag hentes ud',
    yes: 'Din kollega kan hente sagens akter én gang.',
    before: 'Det, der hentes, ligger derefter uden for Udvej. Spørg, hvor det skal hen.',
  },
  'card-by-number': {
    title: 'Godkend et nødopslag',
    yes: 'Din kollega ser et sikkerhedskort i en time, hvis der er et. Koordinator, revisor og kontaktpunkt får besked.',
    before: 'Ring til din kollega, og hør, hvad der truer nogens liv.',
  },
  'close-alarm': {
    title: 'Godkend, at en alarm lukkes',
    yes: 'Alarmen lukkes. Den bliver stående i loggen.',
    before: 'Se efter, at grunden til alarmen er fundet.',
  },
  shredding: {
    title: 'Godkend, at en sag slettes',
    yes: 'Når to myndigheder har sagt ja, slettes sagens nøgler. Den kan derefter ikke læses af nogen.',
    before: 'Se efter, at intet i sagen skal bruges mere, og at jeres eget arkiv har det, det skal have.',
  },
};
