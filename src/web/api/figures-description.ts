import { DIMENSIONS } from '../../domain/statistics/breakdown.js';
import { WITHDRAWN_BECAUSE } from '../../store/publications.js';
import { asked, count, day, json, listOf, moment, object, oneOf, orNull, pathId, problem, refused, sent, text, uuid } from './describing.js';

const PERIOD = { from: day, asOf: day, drawn: text };
const COMPLETE = 'complete er falsk, mens en del af det, der tælles, endnu ikke er lagt ind';
const drawn = { from: day, asOf: day, drawnAt: moment, complete: { type: 'boolean' } };
const figures = (summary: string, answer: string, properties: Readonly<Record<string, object>>, { more = {}, description }: { readonly more?: Readonly<Record<string, object>>; readonly description: string }) => ({
  get: {
    summary, description, parameters: asked({ ...PERIOD, ...more }, ['asOf']),
    responses: { '200': json(`${answer}; ${COMPLETE}`, object({ ...drawn, ...properties }, Object.keys(drawn))), ...refused, '422': problem('En dato eller et valg skal rettes') },
  },
});

const total = object({ total: count, reRegistered: count });
const official = { runningCourses: count, runningAssessments: count, completed: total, interrupted: total, interruptedAssessments: count, refused: count };
const share = orNull(count);
const publication = { $ref: '#/components/schemas/Publication' };
const tables = listOf({ $ref: '#/components/schemas/PublishedTable' });
const ownPart = orNull({ $ref: '#/components/schemas/OwnFigures' });
const OWN = 'own er din egen kommune eller enhed, skjult som for alle; null for den, der ikke har nogen.';
const NEW_LOGIN = 'Kræver et login, der er under fem minutter gammelt.';

/** Figures: the whole for the contact point, what is published for everybody signed in (FM-STA-1 to FM-STA-4). */
export const figurePaths = {
  '/api/v1/statistics': figures('De officielle tal; med by også del for del', 'Tal', { ...official, by: text, parts: listOf({ type: 'object' }) }, { more: { by: oneOf(DIMENSIONS.map(({ value }) => value)) }, description: 'Regler: FM-STA-1, FM-STA-4. Kun for kontaktpunktet.' }),
  '/api/v1/statistics/times': figures('Hvor længe trinnene tog, og opfølgninger til tiden', 'Tider i dage og antal opfølgninger', { steps: listOf({ type: 'object' }), followUps: listOf({ type: 'object' }) }, { description: 'Regler: FM-STA-2, FM-NCP-7. Kun for kontaktpunktet.' }),
  '/api/v1/statistics/corrections': figures('Det, der er registreret efter drawn og ændrer tallene', 'Rettelser, nyeste først, uden sager', { total: count, corrections: listOf({ type: 'object' }) }, { description: 'Regler: FM-STA-3. Kun for kontaktpunktet.' }),
  '/api/v1/statistics/compared': figures('To perioder ved siden af hinanden, opgjort samtidig', 'Linje for linje; other, before og difference er null, når der ingen tal var et år før', {
    other: orNull(object({ from: day, asOf: day })), lines: listOf(object({ key: text, label: text, now: count, before: orNull(count), difference: orNull(count) })),
  }, { more: { with: day }, description: 'Regler: FM-STA-3. Kun for kontaktpunktet. with er den anden periodes sidste dag; uden den et år før asOf. drawn skal være begge perioders sidste dag eller en senere. Var perioden ikke begyndt da, flyttes den som en helhed.' }),
  '/api/v1/statistics/practice': figures('Hvor enhedernes praksis er forskellig', 'Hele landet først; null er for få til at sige noget, og det, der ikke var noget af, er ikke med', {
    units: listOf(object({ unit: orNull(text), label: text, toDecision: share, toAgreement: share, onTime: share, notHeld: share, lacking: share, unplanned: share, unmeasured: share }, ['unit', 'label'])),
  }, { description: 'Regler: FM-NCP-7. Kun for kontaktpunktet. toDecision og toAgreement er dage, den midterste sag; onTime og notHeld er hele procent af opfølgninger, lacking, unplanned og unmeasured af de igangværende forløb. Noget at spørge til, ikke en karakter.' }),
  '/api/v1/statistics/draft': {
    get: {
      summary: 'Tallene for en periode, som alle vil se dem, før de offentliggøres', description: `Regler: FM-STA-2, FM-STA-4. Kun for kontaktpunktet. ${NEW_LOGIN} hidden siger, hvor mange tal der er skjult, og hvorfor: del det ikke. samePeriod er de tal for netop den periode, der allerede er offentliggjort; offentliggøres den igen, står begge.`, parameters: asked({ from: day, asOf: day }, ['asOf']),
      responses: {
        '200': json(`Tabeller; ${COMPLETE}`, object({ ...drawn, threshold: count, note: text, hidden: object({ shown: count, small: count, together: count, earlier: count }), newest: orNull(publication), samePeriod: orNull(publication), tables })),
        ...refused, '422': problem('En dato skal rettes, eller tallene kan ikke offentliggøres'),
      },
    },
  },
  '/api/v1/statistics/published': {
    get: { summary: 'Offentliggjorte tal, de nyeste først, for alle, der er logget ind', responses: { '200': json('Offentliggørelser', listOf(publication)), '401': problem('Ikke logget ind'), '429': problem('For meget på kort tid') } },
    post: {
      operationId: 'figures.publish', summary: 'Offentliggør tallene for en periode', requestBody: sent({ from: day, asOf: day }, ['asOf']),
      description: `Regler: FM-STA-2, FM-STA-4, FM-NCP-5. Kun for kontaktpunktet. ${NEW_LOGIN} Tallene gøres op igen, og alle, der er logget ind, kan se dem med det samme. Sendes det to gange, er der to: se listen, før du prøver igen. Offentliggør sjældent: jo kortere tid der går, des mere må skjules.`,
      responses: { '201': json('Offentliggjort, og nu de nyeste', object({ outcome: oneOf(['published']) })), ...refused, '422': problem('En dato skal rettes, eller tallene kan ikke offentliggøres; intet er offentliggjort') },
    },
  },
  '/api/v1/statistics/published/{id}': {
    get: {
      summary: 'En offentliggørelse med sine tabeller; null er et skjult tal', description: `Regler: FM-STA-2, FM-STA-4. ${OWN}`, parameters: [pathId],
      responses: { '200': json('Tabeller', { allOf: [publication, object({ threshold: count, note: text, tables, own: ownPart })] }), '401': problem('Ikke logget ind'), '404': problem('Findes ikke, eller er trukket tilbage'), '429': problem('For meget på kort tid') },
    },
  },
  '/api/v1/statistics/withdrawn': {
    post: {
      operationId: 'figures.withdraw', summary: 'Træk de nyeste offentliggjorte tal tilbage', requestBody: sent({ id: uuid, because: oneOf(WITHDRAWN_BECAUSE) }),
      description: `Regler: FM-NCP-5. Kun for kontaktpunktet. ${NEW_LOGIN} record: der var fejl i det, tallene er gjort op af; period: perioden var forkert; early: de skulle ikke have været ude endnu. De tæller stadig med, når nye tal skjules.`,
      responses: { '200': json('Trukket tilbage', object({ outcome: oneOf(['withdrawn']) })), ...refused, '422': problem('Grunden skal siges, eller det er ikke de nyeste tal; intet er ændret') },
    },
  },
  '/api/v1/statistics/own': {
    get: {
      summary: 'Det nyeste, der er offentliggjort om din egen kommune eller enhed', description: `Regler: FM-STA-2, FM-STA-4. For alle, der er logget ind. ${OWN}`,
      responses: { '200': json('Egne tal; alt er null, når intet er offentliggjort', object({ publication: orNull(publication), note: orNull(text), own: ownPart })), '401': problem('Ikke logget ind'), '429': problem('For meget på kort tid') },
    },
  },
};

export const figureSchemas = {
  Publication: object({ id: uuid, from: day, asOf: day, drawnAt: moment, publishedAt: moment, authority: text }),
  PublishedTable: object({ id: text, caption: text, columns: listOf(object({ id: text, label: text })), rows: listOf(object({ value: text, label: text, numbers: listOf(orNull(count)) })) }),
  OwnFigures: object({
    table: oneOf(['municipality', 'unit']), value: text, label: text, numbers: listOf(object({ id: text, label: text, n: orNull(count) })),
    expected: orNull({ description: 'Nye sager, en kommune kan vente; range er null, når der er for få til at sige noget', ...object({ year: count, range: orNull({ type: 'array', items: count, minItems: 2, maxItems: 2 }), said: text, why: text }) }),
  }),
};
