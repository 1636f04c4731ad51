import { QUESTION_OUTCOMES } from '../../domain/exit-case/question-outcome.js';
import { TELLING_BASIS_IDS, TELLINGS } from '../../domain/reference/telling-bases.js';
import { asked, count, day, json, listOf, moment, object, oneOf, orNull, pathId, problem, refused, sent, text, uuid } from './describing.js';

const question = object({
  id: uuid, caseId: uuid, kind: oneOf(['advice', 'decision', 'review']), number: text, unit: text, askedAt: moment, askedOn: day, due: day, takenBy: listOf(uuid), authorities: listOf(text), spokenBy: listOf(uuid), needed: count,
  status: text, endedOn: orNull(day), outcome: orNull(oneOf(QUESTION_OUTCOMES)), heardOn: orNull(day), overtaken: listOf(text), askedBy: oneOf(['unit', 'contactPoint']), sentOn: orNull(day), attended: orNull({ type: 'boolean' }),
});
const questionPaths = {
  '/api/v1/questions': {
    get: {
      summary: 'Spørgsmål til kontaktpunktet: dem, der er åbne, efter frist', description: 'Regler: FM-NCP-2, FM-DEC-2. Kun struktur. overtaken: de myndigheder, hvis stilling blev givet, før der kom nyt til spørgsmålet; de kan give en ny, og den nyeste gælder. askedBy: contactPoint, når kontaktpunktet selv har bedt om prøvelsen. sentOn: den dag, enheden først sendte noget, med sit spørgsmål eller siden; null, når den ikke har sendt noget endnu. attended: false, når sagen ingen koordinator har; null, når spørgsmålet ikke er åbent. Med ended=true også dem, der er besvaret eller givet tilbage de seneste 30 dage. outcome siger, hvad der kom ud af det; heardOn, hvornår kandidatens svar på høringen kom.',
      parameters: asked({ ended: { type: 'boolean' } }), responses: { '200': json('Spørgsmål', listOf(question)), ...refused, '422': problem('ended skal rettes') },
    },
  },
  '/api/v1/questions/{id}': {
    get: {
      summary: 'Et åbent spørgsmål', parameters: [pathId], responses: { '200': json('Spørgsmålet', question), ...refused },
      description: 'Regler: FM-NCP-2. Det tages med contactPoint.takeQuestion på sagen caseId, besvares med contactPoint.advise, contactPoint.decide eller contactPoint.decideReview og gives tilbage med contactPoint.returnQuestion. Den, der har taget det, læser det, enheden har sendt med, i GET /api/v1/cases/{caseId}, til der er svaret; af en prøvelse står der i questions også refusal: dagen for afslaget og det, der ikke er opfyldt, og awaitedUntil: den sidste dag, enheden har til at sende det, I skal have, og null, når der ikke ventes på den.',
    },
  },
};

const ONE_SCREEN = 'Navnene selv vises én gang, i Udvej på skærmen, til den, der bad om dem: de gives aldrig til programmer. Kollegaens ja eller nej gives også kun på skærmen, hvor han læser, hvad han siger ja til.';
const matchCase = object({ number: text, unit: text, phase: text, place: text, urgent: { type: 'boolean' } });
const matchFields = {
  id: uuid, cases: { type: 'array', minItems: 2, maxItems: 2, items: matchCase }, foundAt: moment, due: day, outcome: orNull(oneOf(['same', 'different'])), basis: orNull(oneOf(['units', 'names'])), settledAt: orNull(moment), namesRefused: { type: 'boolean' },
  telling: orNull(oneOf(TELLINGS)), law: orNull(oneOf(TELLING_BASIS_IDS)), decidedAt: orNull(moment), askedAgainOn: orNull(day), untold: count, told: count,
};
const matchPaths = {
  '/api/v1/matches': {
    get: {
      summary: 'Sammenfald: to sager med det samme CPR-nummer, for kontaktpunktet', description: 'Regler: FM-INT-3. De åbne først, derefter samme person, hvor det ikke er besluttet, hvem der får besked, ingen har fået den endnu, eller den ikke er sendt, hvor længe siden det end er; til sidst de andre, der er afgjort de seneste 90 dage. askedAgainOn: er det besluttet, at ingen får besked endnu (telling nobody), den dag, det skal besluttes igen; den samme beslutning igen flytter den. Kun struktur: numre, enheder, faser og steder. urgent: en henvendelse, der haster, og som ingen har taget; så er due samme dag, og den kan ikke slutte som dublet, uden at begge enheder får besked.',
      responses: { '200': json('Sammenfald', listOf(object(matchFields))), ...refused },
    },
  },
  '/api/v1/matches/{id}': {
    get: {
      summary: 'Et sammenfald', description: `Regler: FM-INT-3. names siger, om du har bedt en kollega om, at du ser navnene, og hvad han svarede; null, når sammenfaldet er afgjort. namesRefused: en kollega har sagt nej til, at navnene vises; den næste, der spørges, får det at vide. ${ONE_SCREEN}`, parameters: [pathId],
      responses: { '200': json('Sammenfaldet', object({ ...matchFields, names: orNull(oneOf(['none', 'waiting', 'allowed', 'refused'])) })), ...refused },
    },
  },
  '/api/v1/matches/{id}/settle': {
    post: {
      operationId: 'match.settle', summary: 'Afgør, om det er samme person', parameters: [pathId], requestBody: sent({ outcome: oneOf(['same', 'different']), basis: oneOf(['units', 'names']) }),
      description: 'Regler: FM-INT-3. Én gang, og det kan ikke fortrydes. basis: units, når enhederne har svaret hver for sig; names, når du har set navnene på skærmen. Har en kollega sagt ja til navnene, bortfalder hans ja, når det afgøres på enhedernes svar.',
      responses: { '200': json('Afgjort', object({ outcome: oneOf(['same', 'different']) })), '422': problem('Skal rettes; intet er gemt'), ...refused },
    },
  },
  '/api/v1/matches/{id}/names': {
    post: {
      operationId: 'match.askNames', summary: 'Bed en kollega i kontaktpunktet om, at du ser de to navne', description: `Regler: FM-INT-3. Kræver et login, der er under fem minutter gammelt. ${ONE_SCREEN}`, parameters: [pathId],
      responses: { '200': json('En kollega er spurgt', object({ names: oneOf(['waiting']) })), '422': problem('En kollega har allerede sagt ja'), ...refused },
    },
  },
  '/api/v1/matches/{id}/tell': {
    post: {
      operationId: 'match.tell', summary: 'Beslut, hvem der får besked om, at det er samme person, og giv den', parameters: [pathId],
      requestBody: sent({ telling: oneOf(TELLINGS), law: oneOf(TELLING_BASIS_IDS), checked: { type: 'boolean' }, decidedAt: orNull(moment) }, []),
      description: 'Regler: FM-INT-3, FM-CON-3. first og second er sagerne i cases; den, der nævnes, slutter som dublet. Får nogen besked, skal law siges, og checked være true: du har sikret dig, at grundlaget holder i den sag, der fortælles om. consent afvises, når den sag er en henvendelse, ingen har taget. decidedAt er den, du læste i sammenfaldet: er der besluttet noget, skal den med, og har en kollega besluttet noget andet siden, ændres intet. Når ingen får besked, sendes hverken law eller checked som true. Er det besluttet, men beskeden ikke nået frem til alle (untold), sender et tomt indhold ({}) den igen, som den blev besluttet; holder grundlaget ikke længere, sendes intet, og det besluttes igen. Alt andet end et tomt indhold er en ny beslutning, og det, der ikke kan forstås, afvises. Har en enhed fået besked (told), kan kun besluttes nobody: at den anden ikke får den. Hver enhed får beskeden som contactPoint.tellDouble i sin egen sag; den skal ikke sendes for sig.',
      responses: { '200': json('told: enhederne har fået besked; waiting: en af dem har ikke, prøv igen; closed: en sag er afsluttet, og dens enhed fik ikke besked; nobody: ingen, eller ikke flere, får besked', object({ outcome: oneOf(['told', 'waiting', 'closed', 'nobody']) })), '422': problem('Skal rettes; intet er gemt'), ...refused },
    },
  },
};

const emergencyPaths = {
  '/api/v1/notifications/units': {
    get: {
      summary: 'Hvor mange underretninger der venter, og siden hvornår, enhed for enhed', description: 'Regler: FM-NOT-1. Nødopslag er ikke talt med.',
      responses: { '200': json('Enheder, den, der har ventet længst, først', object({ waiting: count, units: listOf(object({ unit: text, waiting: count, oldest: moment })) })), ...refused },
    },
  },
  '/api/v1/notifications/emergencies': {
    get: {
      summary: 'Sikkerhedskort, der er åbnet i en nødsituation, og som ingen i kontaktpunktet har set', description: 'Regler: FM-CNF-10. Aldrig hvorfor, og aldrig hvem. attended: sagen har en koordinator.',
      responses: { '200': json('Nødopslag, de nyeste først', listOf(object({ id: uuid, number: text, unit: text, at: moment, authority: text, attended: { type: 'boolean' } }))), ...refused },
    },
  },
  '/api/v1/notifications/emergencies/{id}/seen': {
    post: { operationId: 'emergency.seen', summary: 'Sig, at et nødopslag er set, for hele kontaktpunktet', description: 'Regler: FM-CNF-10.', parameters: [pathId], responses: { '200': json('Set', object({})), ...refused } },
  },
};

/** What the contact point's desk has beside its overview: questions, doubles, and what it was told of emergencies. */
export const deskPaths = { ...questionPaths, ...matchPaths, ...emergencyPaths };
