import { GUIDANCE_LONGEST } from '../../domain/guidance/guidance.js';
import { PRACTICE_LONGEST } from '../../domain/statistics/practice-question.js';
import { day, json, key, listOf, moment, object, orNull, pathId, problem, refused, sent, text, uuid } from './describing.js';

const row = { id: uuid, askedAt: moment, due: day, answeredAt: orNull(moment), unread: { type: 'boolean' }, mine: { type: 'boolean' }, deleteOn: day };
const words = (longest: number) => ({ type: 'string', minLength: 1, maxLength: longest });
const AGAIN = 'Det samme igen under samme Idempotency-Key er det samme spørgsmål.';
const asked = { '201': json('Spørgsmålet er sendt', object({ id: uuid })), ...refused };
const answered = { '200': json('Svaret er sendt; sender den samme det samme igen, er det ét svar', object({})), '422': problem('Teksten skal rettes, eller der er svaret; intet er gemt'), ...refused };
const withdrawn = { '200': json('Spørgsmålet er slettet', object({})), '422': problem('Der er svaret'), ...refused };

const guidanceRow = { ...row, authority: text };
const guidancePaths = {
  '/api/v1/guidance': {
    get: { summary: 'Vejledning uden sag: egne spørgsmål; for kontaktpunktet også alle, der venter, og dem, der er besvaret de seneste 90 dage', description: 'Regler: FM-NCP-6. Aldrig teksten.', responses: { '200': json('Spørgsmål, de åbne først', listOf(object(guidanceRow))), ...refused } },
    post: {
      operationId: 'guidance.ask', summary: 'Bed om vejledning uden sag', parameters: [key], requestBody: sent({ text: words(GUIDANCE_LONGEST) }),
      description: `Regler: FM-NCP-6. Skriv intet, der kan vise, hvem det drejer sig om: CPR-numre, sagsnumre, telefonnumre, mailadresser og links bliver afvist, navne kan ikke genkendes. ${AGAIN}`,
      responses: { ...asked, '422': problem('Teksten skal rettes, eller nøglen er brugt til noget andet; intet er gemt') },
    },
  },
  '/api/v1/guidance/{id}': {
    get: { summary: 'Et spørgsmål om vejledning med sit svar, for den, der spurgte, og kontaktpunktet', parameters: [pathId], responses: { '200': json('Spørgsmål og svar', object({ ...guidanceRow, question: text, answer: orNull(text) })), ...refused } },
  },
  '/api/v1/guidance/{id}/withdraw': {
    post: { operationId: 'guidance.withdraw', summary: 'Tag dit eget spørgsmål tilbage, før der er svaret; det bliver slettet', description: 'Regler: FM-NCP-6.', parameters: [pathId], responses: withdrawn },
  },
  '/api/v1/guidance/{id}/answer': {
    post: {
      operationId: 'guidance.answer', summary: 'Giv vejledning, én gang', parameters: [pathId], requestBody: sent({ text: words(GUIDANCE_LONGEST), authoritys: { type: 'boolean' } }, ['text']), responses: answered,
      description: 'Regler: FM-NCP-6. For kontaktpunktet, og aldrig på eget spørgsmål; CPR-numre og sagsnumre afvises. Telefonnumre, mailadresser og links kræver authoritys: at de er en myndigheds og ikke en persons.',
    },
  },
};

const practiceRow = { ...row, unit: text, from: day, asOf: day, drawnAt: moment };
const practiceQuestionPaths = {
  '/api/v1/statistics/practice/questions': {
    get: { summary: 'Spørgsmål til enhederne om deres tal: for en enheds koordinatorer enhedens, for kontaktpunktet alle', description: 'Regler: FM-NCP-7. Aldrig teksten eller tallene.', responses: { '200': json('Spørgsmål, de åbne først', listOf(object(practiceRow))), ...refused } },
    post: {
      operationId: 'practice.ask', summary: 'Send en enhed dens egen række ved siden af hele landets, med et spørgsmål', parameters: [key], requestBody: sent({ unit: text, from: day, asOf: day, drawn: text, text: words(PRACTICE_LONGEST) }, ['unit', 'asOf', 'text']),
      description: `Regler: FM-NCP-7. For kontaktpunktet. Skriv intet, der kan vise, hvem det drejer sig om. ${AGAIN}`,
      responses: { ...asked, '422': problem('Teksten, enheden eller perioden skal rettes, eller nøglen er brugt til noget andet; intet er gemt') },
    },
  },
  '/api/v1/statistics/practice/questions/{id}': {
    get: {
      summary: 'Et spørgsmål med enhedens række, hele landets og svaret', description: 'Regler: FM-NCP-7. For enhedens koordinatorer, som det blev sendt, og for kontaktpunktet, som den, der spørger, selv ser tallene på samme tidspunkt.', parameters: [pathId],
      responses: { '200': json('Spørgsmål, tal og svar', object({ ...practiceRow, question: text, own: { type: 'object' }, country: { type: 'object' }, answer: orNull(text) })), ...refused },
    },
  },
  '/api/v1/statistics/practice/questions/{id}/withdraw': {
    post: { operationId: 'practice.withdraw', summary: 'Tag kontaktpunktets spørgsmål til en enhed tilbage, før den har svaret; det bliver slettet', description: 'Regler: FM-NCP-7. For kontaktpunktet.', parameters: [pathId], responses: withdrawn },
  },
  '/api/v1/statistics/practice/questions/{id}/answer': {
    post: { operationId: 'practice.answer', summary: 'Svar for enheden, én gang', description: 'Regler: FM-NCP-7. For enhedens koordinatorer.', parameters: [pathId], requestBody: sent({ text: words(PRACTICE_LONGEST) }), responses: answered },
  },
};

/** Texts outside of cases: guidance, and questions of practice (FM-NCP-6, FM-NCP-7). */
export const textPaths = { ...guidancePaths, ...practiceQuestionPaths };
