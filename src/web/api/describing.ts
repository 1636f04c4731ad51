/** Pieces that the description of the API is made of (OpenAPI 3.1). */

export const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });
export const json = (description: string, schema: object, headers?: object) => ({ description, content: { 'application/json': { schema } }, ...(headers ? { headers } : {}) });
export const refused = { '401': problem('Ikke logget ind; med code "step-up": log ind igen, det sidste login er for gammelt eller ikke sikkert nok'), '404': problem('Findes ikke, eller ikke for dig'), '429': problem('For meget på kort tid') };
export const pathId = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

/** What makes a repeat harmless: the same under it is carried out once. */
export const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } };

export const text = { type: 'string' };
export const count = { type: 'integer' };
export const uuid = { type: 'string', format: 'uuid' };
export const day = { type: 'string', format: 'date' };
export const moment = { type: 'string', format: 'date-time' };
export const oneOf = (values: readonly string[]) => ({ type: 'string', enum: values });
export const listOf = (items: object) => ({ type: 'array', items });
export const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
export const object = (properties: Readonly<Record<string, object>>, required: readonly string[] = Object.keys(properties)) => ({ type: 'object', required, properties });

/** A body that must be sent, and holds nothing else. */
export const sent = (properties: Readonly<Record<string, object>>, required?: readonly string[]) =>
  ({ required: true, content: { 'application/json': { schema: { ...object(properties, required), additionalProperties: false } } } });
/** What is asked for in the address; none of it has to be. */
export const asked = (names: Readonly<Record<string, object>>, required: readonly string[] = []) => Object.entries(names).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
