import { commandSchema } from '../../app/command-schema.js';
import { OVERVIEW_PHASES, OVERVIEW_PLACES } from '../../app/overview.js';
import { caseCommands } from '../../domain/exit-case/case.js';
import { OVERVIEW_SORTS } from '../../store/overview.js';
import { NOTIFICATION_WORDS } from '../../domain/exit-case/notification.js';
import { MOST_ACKNOWLEDGED } from '../../store/notifications.js';
import type { Route } from '../route.js';
import { json, key, listOf, moment, object, orNull, pathId as caseId, problem, refused, uuid } from './describing.js';
import { deskPaths } from './desk-description.js';
import { figurePaths, figureSchemas } from './figures-description.js';
import { ACKNOWLEDGE } from './notifications.js';
import { textPaths } from './texts-description.js';

const etag = { ETag: { description: 'Sagens stand for dig. Send den som If-Match.', schema: { type: 'string' } } };
const list = (summary: string) => ({ get: { summary, responses: { '200': json('Liste', { type: 'array', items: { type: 'object' } }), '401': problem('Ikke logget ind') } } });

const withoutDialect = (name: string): object => {
  const { $schema: _dialect, ...schema } = commandSchema(name) ?? {};
  return schema;
};

const commandPath = ({ name, title, rules }: (typeof caseCommands)[number]) => ({
  post: {
    operationId: name, summary: title, description: `Regler: ${rules.join(', ')}`,
    parameters: [caseId, key, { name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } }],
    requestBody: { required: true, content: { 'application/json': { schema: withoutDialect(name) } } },
    responses: {
      '200': json('Udført', { type: 'object' }, etag), '409': problem('Sagen er ændret siden If-Match'), '422': problem('Afvist af en regel, eller input skal rettes'), ...refused,
    },
  },
});

const uuids = listOf(uuid);
const ids = { ...uuids, minItems: 1, maxItems: MOST_ACKNOWLEDGED };
const kind = { type: 'string', enum: Object.keys(NOTIFICATION_WORDS) };
const acknowledged = {
  '200': json('Kvitteret, kvitteret for i forvejen, og nødopslag, som ses på deres egen side og er uændrede', object({ acknowledged: uuids, already: uuids, emergencies: uuids })),
  '422': problem('En underretning findes ikke, eller input skal rettes; der er ikke kvitteret for nogen'), ...refused,
};
/** Notifications: the contact point's list and its word that it has read them, and a case's own view (FM-NOT-1). */
const notificationPaths = {
  '/api/v1/notifications': {
    get: {
      summary: 'Underretninger til kontaktpunktet', description: 'Dem, der venter, først og de ældste af dem først; derefter dem, der er kvitteret for, de seneste først. 200 ad gangen, og af de sidste højst de seneste 20.000.',
      parameters: [['unacknowledged', { type: 'boolean' }], ['unit', { type: 'string' }], ['kind', kind], ['page', { type: 'integer', minimum: 1 }]].map(([name, schema]) => ({ name, in: 'query', required: false, schema })),
      responses: {
        '200': json('Underretninger', {
          type: 'array', items: object({
            id: { type: 'string', format: 'uuid' }, caseId: { type: 'string', format: 'uuid' }, kind, number: { type: 'string' }, unit: { type: 'string' }, at: moment, acknowledgedAt: orNull(moment),
            corrects: orNull(object({ kind, at: moment })), correctedAt: orNull(moment), endedAsDouble: { type: 'boolean' },
          }),
        }),
        '401': problem('Ikke logget ind'), '404': problem('Ikke for dig'), '422': problem('kind findes ikke'), '429': problem('For meget på kort tid'),
      },
    },
  },
  '/api/v1/notifications/acknowledge': {
    post: { operationId: 'notifications.acknowledge', summary: 'Kvittér for underretninger', description: 'Regler: FM-NOT-1. Alle eller ingen. Kan gentages.', requestBody: { required: true, content: { 'application/json': { schema: object({ ids }) } } }, responses: acknowledged },
  },
  [`/api/v1/cases/{id}/commands/${ACKNOWLEDGE}`]: {
    post: {
      operationId: ACKNOWLEDGE, summary: 'Kvittér for en sags underretninger', description: 'Regler: FM-NOT-1. Uden ids alle, der venter i sagen. Kan gentages; sagen åbnes ikke, og Idempotency-Key og If-Match har ingen virkning.', parameters: [caseId],
      requestBody: { required: false, content: { 'application/json': { schema: object({ ids }, []) } } }, responses: acknowledged,
    },
  },
  '/api/v1/cases/{id}/notifications': {
    get: {
      summary: 'Hvad kontaktpunktet er underrettet om i sagen, og hvornår det er læst', parameters: [caseId],
      responses: { '200': json('Underretninger, de nyeste først; ingen for den, der ikke er med i hele sagen', { type: 'array', items: object({ kind, sentAt: moment, readAt: orNull(moment), corrects: orNull(object({ kind, sentAt: moment })) }) }), ...refused },
    },
  },
};

const unitNaming = {
  id: { type: 'string', format: 'uuid' }, number: { type: 'string' }, unit: { type: 'string' }, municipality: orNull({ type: 'string' }), place: { type: 'string' }, channel: { type: 'string' }, urgent: { type: 'boolean' },
  receivedAt: moment, due: { type: 'string', format: 'date' }, emergency: { type: 'boolean' },
};
const unitNamingPaths = {
  '/api/v1/inquiries-without-unit': {
    get: { summary: 'Henvendelser, hvor kontaktpunktet udpeger enheden; unit er unnamed, til det er gjort', description: 'Regler: FM-INT-7. Aldrig teksten.', responses: { '200': json('Henvendelser, dem uden enhed først', { type: 'array', items: object(unitNaming) }), ...refused } },
  },
  '/api/v1/inquiries-without-unit/{id}': {
    get: { summary: 'En af dem, med hvad der vides om, hvor personen hører til', parameters: [caseId], responses: { '200': json('Henvendelsen', object({ ...unitNaming, known: { type: 'array', items: object({ at: moment, kind: { type: 'string', enum: ['whereabouts', 'reason'] }, text: { type: 'string' }, by: { type: 'string' } }, ['at', 'kind', 'text']) }, seen: { type: 'integer' } })), ...refused } },
  },
};
const ABOUT = [
  'Exitsager efter rammemodellen En Vej Ud.',
  'Kun på skærmen og aldrig for programmer: kandidaters navne på kontaktpunktets lister og i et sammenfald, og svar på det, en kollega beder om (godkendelser). Navnene vises én gang til den, der sidder der, og den, der siger ja, skal have læst, hvad han siger ja til.',
].join(' ');

/** The description of the API (OpenAPI 3.1), made from the same schemas that check the input. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: { title: 'Udvej', version: '1', description: ABOUT, license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
  servers: [{ url: '/' }],
  security: [{ bearer: [] }],
  paths: {
    '/api/v1/cases': {
      get: { summary: 'Mine sager', responses: { '200': json('Sager', { type: 'array', items: { type: 'object', required: ['id', 'number', 'label'] } }), '401': problem('Ikke logget ind') } },
      post: {
        operationId: 'inquiry.register', summary: 'Registrér en henvendelse', parameters: [key],
        requestBody: { required: true, content: { 'application/json': { schema: withoutDialect('inquiry.register') } } },
        responses: {
          '201': json('Kvittering', { type: 'object', required: ['number', 'receivedAt', 'unit'], properties: { number: { type: 'string' }, receivedAt: { type: 'string', format: 'date-time' }, unit: { type: 'string' } } }),
          '422': problem('Input skal rettes'), ...refused,
        },
      },
    },
    '/api/v1/cases/{id}': { get: { summary: 'En sag', parameters: [caseId], responses: { '200': json('Sagen, som du ser den', { type: 'object' }, etag), ...refused } } },
    '/api/v1/cases/{id}/actions': {
      get: {
        summary: 'Hvad kan gøres nu', parameters: [caseId],
        responses: { '200': json('Handlinger', { type: 'array', items: { $ref: '#/components/schemas/Action' } }, etag), ...refused },
      },
    },
    ...Object.fromEntries(caseCommands.filter((command) => command.admission !== 'staff').map((command) => [`/api/v1/cases/{id}/commands/${command.name}`, commandPath(command)])),
    '/api/v1/cases/{id}/attachments': {
      post: {
        operationId: 'attachment.send', summary: 'Læg et bilag på sagen', parameters: [caseId, key, { name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } }],
        description: 'Én fil i feltet “file”, højst 50 MB: PDF, PNG, JPEG, ren tekst, docx, xlsx eller odt, bedømt på indholdet. Højst 20 filer i timen. Filen står sidst; felterne er dem i attachment.add.',
        requestBody: {
          required: true,
          content: { 'multipart/form-data': { schema: { type: 'object', required: ['title', 'kind', 'file'], properties: { title: { type: 'string' }, kind: { type: 'string' }, own: { type: 'string', enum: ['true', 'false'] }, file: { type: 'string', format: 'binary' } } } } },
        },
        responses: {
          '201': json('Lagt på sagen', { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } }, etag), '409': problem('Sagen er ændret siden If-Match'),
          '413': problem('Filen er for stor'), '422': problem('Afvist af en regel, filen kan ikke gemmes, eller input skal rettes'), ...refused,
        },
      },
    },
    '/api/v1/cases/{id}/attachments/{attachment}': {
      get: {
        summary: 'Hent et bilag', parameters: [caseId, { name: 'attachment', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: { '200': { description: 'Filen', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }, ...refused },
      },
    },
    '/api/v1/inbox': list('Enhedens indbakke'),
    ...unitNamingPaths,
    '/api/v1/tasks': list('Det, der venter'),
    ...notificationPaths,
    ...textPaths,
    ...deskPaths,
    '/api/v1/overview': {
      get: {
        summary: 'Nationalt overblik, for kontaktpunktet', description: 'Regler: FM-NCP-1, FM-INT-2. Kun struktur, 25 sager ad gangen; ingen navne på kandidater.',
        parameters: [
          ...([['unit', {}], ['municipality', {}], ['phase', { enum: OVERVIEW_PHASES }], ['place', { enum: OVERVIEW_PLACES }], ['late', { enum: ['true'] }], ['sort', { enum: OVERVIEW_SORTS }]] as const)
            .map(([name, more]) => ({ name, in: 'query', required: false, schema: { type: 'string', ...more } })),
          { name: 'page', in: 'query', required: false, schema: { type: 'integer', minimum: 1 } },
        ],
        responses: {
          '200': json('Sager, antal efter kommune, og hvor længe henvendelser, som ingen har taget, har ventet', {
            type: 'object', required: ['total', 'late', 'page', 'pageSize', 'cases', 'municipalities', 'untaken'],
            properties: {
              total: { type: 'integer' }, late: { type: 'integer' }, page: { type: 'integer' }, pageSize: { type: 'integer' },
              cases: { type: 'array', items: { type: 'object' } }, municipalities: { type: 'array', items: { type: 'object' } }, untaken: { type: 'array', items: { type: 'object' } },
            },
          }),
          '401': problem('Ikke logget ind'), '404': problem('Ikke for dig'), '422': problem('Filteret skal rettes'), '429': problem('For meget på kort tid'),
        },
      },
    },
    ...figurePaths,
    '/api/v1/commands/contactPoint.recordReRegistration': {
      post: {
        summary: 'Registrér, at politiet har registreret en person igen efter et gennemført eller afbrudt forløb; eller ret det', description: 'Regler: FM-END-5. Kun for kontaktpunktet; sagen åbnes ikke. on er den dag, det skete: forløbets sidste dag eller en senere. Med withdraw som true rettes det, der er registreret for dagen. Står der allerede en registrering inden for 30 dage, gemmes intet, før another sendes som true: det er en ny registrering.',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['number', 'on'], additionalProperties: false, properties: { number: { type: 'string' }, on: { type: 'string', format: 'date' }, withdraw: { type: 'boolean' }, another: { type: 'boolean' } } } } } },
        responses: { '200': json('Hvad der skete', { type: 'object', required: ['outcome'], properties: { outcome: { type: 'string', enum: ['recorded', 'withdrawn'] } } }), ...refused, '422': problem('Noget skal rettes; intet er gemt') },
      },
    },
    '/api/v1/commands/decision.requestReview': {
      post: {
        summary: 'Bed om prøvelse af en lokal enheds afslag ud fra sagens nummer, for kontaktpunktet', description: 'Regler: FM-DEC-2. Sagen åbnes ikke; et nummer, der intet afslag er at prøve på, besvares ens, hvad grunden end er.', parameters: [key],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['number', 'account'], additionalProperties: false, properties: { number: { type: 'string' }, account: { type: 'string', maxLength: 8000 } } } } } },
        responses: { '200': json('Spørgsmålet ligger i køen', { type: 'object', required: ['outcome'], properties: { outcome: { type: 'string', enum: ['asked'] } } }), ...refused, '422': problem('Der er intet afslag at prøve med det nummer, oplysningerne skal rettes, eller nøglen er brugt til noget andet') },
      },
    },
    '/api/v1/openapi.json': { get: { summary: 'Denne beskrivelse', security: [], responses: { '200': json('OpenAPI 3.1', { type: 'object' }) } } },
    '/healthz': { get: { summary: 'Lever', security: [], responses: { '200': json('Ja', { type: 'object' }) } } },
    '/readyz': { get: { summary: 'Klar', security: [], responses: { '200': json('Ja', { type: 'object' }), '503': problem('Ikke endnu') } } },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Problem: {
        type: 'object', required: ['title', 'status', 'detail'],
        properties: {
          type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, rule: { type: 'string', examples: ['FM-CON-1'] },
          code: { type: 'string', enum: ['step-up'] }, maxAge: { type: 'integer', description: 'Sekunder, et login gælder til det' }, login: { type: 'string' },
          errors: { type: 'array', items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } } },
        },
      },
      ...figureSchemas,
      Action: {
        type: 'object', required: ['name', 'title', 'possible', 'input'],
        properties: { name: { type: 'string' }, title: { type: 'string' }, possible: { type: 'boolean' }, rule: { type: 'string' }, why: { type: 'string' }, input: { type: 'object' } },
      },
    },
  },
});

export const apiDescription: Route = {
  method: 'GET', path: '/api/v1/openapi.json', permission: 'public', purpose: 'description', audit: 'none: no case data', rate: 'unlimited',
  handle: () => ({ kind: 'json', body: openApi() }),
};
