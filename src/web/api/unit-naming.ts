import { openUnitNaming, unitNamings } from '../../app/unit-naming.js';
import type { UnitNamingRow } from '../../store/unit-naming.js';
import { caseIdOf } from '../case-id.js';
import type { Answer, Route, SignedInCall } from '../route.js';

const rowOf = ({ case_id: id, number, unit, municipality, place, channel, urgent, received_at: receivedAt, due, emergency }: UnitNamingRow) =>
  ({ id, number, unit, municipality, place, channel, urgent, receivedAt, due, emergency });

async function list({ house, visitor }: SignedInCall): Promise<Answer> {
  const rows = await unitNamings(house, visitor.token);
  return 'kind' in rows ? rows : { kind: 'json', body: rows.map(rowOf) };
}

async function one(call: SignedInCall): Promise<Answer> {
  const found = await openUnitNaming(call.house, call.visitor.token, caseIdOf(call));
  return found.kind === 'naming' ? { kind: 'json', body: { ...rowOf(found.row), known: found.known, seen: found.seen } } : found;
}

/** Inquiries whose unit the contact point names (FM-INT-7); it is named by the command `contactPoint.nameUnit`. */
export const unitNamingApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/inquiries-without-unit', permission: 'contact-point', purpose: 'units to name', audit: 'unnamed.listed', rate: 'read', handle: list },
  { method: 'GET', path: '/api/v1/inquiries-without-unit/:id', permission: 'contact-point', purpose: 'unit', audit: 'whereabouts.read', rate: 'read', handle: one },
];
