import type { ApprovalKind } from '../../../store/approvals.js';

interface Words {
  /** On the list of what waits. */
  readonly title: string;
  /** The button of the yes: it names the act. */
  readonly act: string;
  /** What happens on a yes. */
  readonly yes: string;
  /** What to look at before one answers. */
  readonly before: string;
  /** Where a yes can never be taken back: the button of the no, which then stands first. */
  readonly forGood?: string;
  /** Where a no is as good an answer as a yes: its button, beside the other and like it. */
  readonly equal?: string;
}

export const APPROVALS: Readonly<Record<ApprovalKind, Words>> = {
  'held-number': {
    title: 'Godkend en henvendelse med CPR-nummer',
    act: 'Ja, sammenlign nummeret',
    yes: 'Nummeret bliver sammenlignet med andre sager, som det ellers sker af sig selv. Kun kontaktpunktet ser, om der er et sammenfald.',
    before: 'Din kollega har registreret flere henvendelser med CPR-nummer på én dag, end der plejer at være. Spørg, hvorfor, før du svarer.',
  },
  'match-names': {
    title: 'Godkend, at en kollega ser to navne',
    act: 'Ja, vis kollegaen navnene',
    yes: 'Din kollega kan se navn og CPR-nummer i de to sager én gang.',
    before: 'De to sager er måske om samme person. Navnene skal kun ses, hvis det ikke kan afgøres på anden måde.',
  },
  'case-bundle': {
    title: 'Godkend, at en sag hentes ud',
    act: 'Ja, lad kollegaen hente sagen',
    yes: 'Din kollega kan hente sagens akter én gang.',
    before: 'Det, der hentes, ligger derefter uden for Udvej. Spørg, hvor det skal hen.',
  },
  'card-by-number': {
    title: 'Godkend et nødopslag',
    act: 'Ja, godkend nødopslaget',
    yes: 'Din kollega ser et sikkerhedskort i en time, hvis der er et. Koordinator (eller exitenheden, hvis sagen ingen har), revisor og kontaktpunkt får besked.',
    before: 'Ring til din kollega, og hør, hvad der truer nogens liv.',
  },
  'close-alarm': {
    title: 'Skal en alarm lukkes?',
    act: 'Ja, luk alarmen',
    yes: 'Alarmen lukkes. Den bliver stående i loggen. Siger du nej, står alarmen åben, til en kollega har fundet ud af mere.',
    before: 'Se efter, at grunden til alarmen er fundet, og at der er gjort noget ved den. Er du i tvivl, så spørg din kollega, før du svarer, eller sig nej.',
    equal: 'Nej, lad alarmen stå åben',
  },
  shredding: {
    title: 'Skal en sag slettes?',
    act: 'Ja, slet sagen',
    yes: 'Når to myndigheder har sagt ja, bliver sagen slettet. Den kan derefter ikke læses af nogen. Det kan ikke fortrydes, og du kan ikke tage dit ja tilbage.',
    before: 'Du kan ikke se sagen herfra. Spørg enheden i den kreds, hvor sagen hørte til, om noget skal bruges mere, og se efter, at jeres eget arkiv har det, det skal have. Er du i tvivl, så svar nej. Så bliver I spurgt igen om et halvt år.',
    forGood: 'Nej, behold sagen',
  },
};
