/** What the button that opens a command's form says; the form's own button says the act in full. */
const VERBS: Readonly<Record<string, string>> = {
  'inquiry.take': 'Tag henvendelsen', 'inquiry.close': 'Luk henvendelsen', 'assessment.begin': 'Begynd visitationen', 'assessment.targetGroup': 'Angiv målgruppe',
  'assessment.clarifyRelocation': 'Afklar behovet', 'assessment.recordObtained': 'Notér opslag', 'assessment.submit': 'Åbn vurderingen', 'assessment.askAdvice': 'Stil et spørgsmål',
  'decision.accept': 'Træf afgørelse', 'decision.refuse': 'Giv afslag', 'consent.give': 'Åbn samtykket', 'followUp.hold': 'Hold opfølgning', 'discharge.write': 'Skriv dokumentet',
};
export const verbOf = (command: string): string => VERBS[command] ?? 'Åbn';
