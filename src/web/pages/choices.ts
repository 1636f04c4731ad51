import { requirementWords } from '../../app/agreement-words.js';
import type { OpenedCase } from '../../app/open-case.js';
import type { StaffDirectory } from '../../app/staff-directory.js';
import { eventsOf, textOf } from '../../app/texts.js';
import { seesMeasure, seesMember, seesParty } from '../../domain/access/scopes.js';
import { looksAt } from '../../domain/exit-case/card-opening.js';
import { missingParties } from '../../domain/exit-case/accession.js';
import { openVersion } from '../../domain/exit-case/agreement.js';
import { membershipUntil } from '../../domain/access/after-the-end.js';
import { renewable, renewedBy } from '../../domain/exit-case/renewal.js';
import { actsFor, currentMembers, type Membership, membershipsOf } from '../../domain/exit-case/circle.js';
import { addressLeaveOf, PROTECTION_STEPS, protectionSteps } from '../../domain/exit-case/protected-address.js';
import { copenhagenDate, formatDate, formatInstant, type Instant } from '../../domain/kernel/time.js';
import { AUTHORITY_IDS, authorityName, municipalityOfAuthority, regionAuthority, unitName, unitOfAuthority } from '../../domain/reference/authorities.js';
import type { StaffMember } from '../../store/staff.js';
import type { Option } from '../ui/form.js';
import { measureTitle } from '../../app/measure-words.js';
import { whomToChoose } from './whom-to-choose.js';

const label = (one: StaffMember): string => `${one.name}, ${authorityName(one.authority)}`;
const option = (one: StaffMember): Option => ({ value: one.id, label: label(one) });

/** Whom a form about somebody in the circle offers: leave to read an address is not for police, who read it, nor for a screener. */
const isNameable = (command: string, { role }: Membership): boolean =>
  command === 'circle.remove' || (role !== 'screening' && !(command === 'address.allow' && role === 'police'));

/** Until when somebody has access by what the reader knows of: the first of it to end. */
const accessWords = ({ state, actor }: OpenedCase, user: string): string => {
  const [until] = renewable(state, actor.user).filter((one) => one.user === user).flatMap((one) => membershipUntil(state, one) ?? []).sort();
  return until === undefined ? 'Adgangen har ingen udløbsdag.' : `Adgang til og med ${formatDate(until)}.`;
};

/** Those nearby first, the rest after them in the order they come. */
const nearFirst = <T>(all: readonly T[], isNear: (one: T) => boolean): readonly T[] => [...all.filter(isNear), ...all.filter((one) => !isNear(one))];

const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 87)}…` : text);

/** A party of the agreement in words. */
export const partyName = (opened: OpenedCase, party: string): string =>
  party === 'candidate' ? 'Kandidaten' : party === 'unit' ? unitName(opened.state.inquiry.unit) : authorityName(party);

/**
 * The lists that a form of a case offers, by the widget or the field that asks for them. Excluded people are absent, as unknown ones are (control 20).
 * @param given whom the form is about, where the address or what was typed says so.
 */
export async function caseChoices(directory: StaffDirectory, token: string, opened: OpenedCase, command: string, now: Instant, given?: string): Promise<Readonly<Record<string, readonly Option[]>>> {
  const { state, actor } = opened;
  const today = copenhagenDate(now);
  const { unit, municipality } = state.inquiry;
  const inMunicipality = (authority: string): boolean => municipality !== undefined && municipalityOfAuthority(authority) === municipality;
  const isNear = (authority: string): boolean =>
    inMunicipality(authority) || (municipality !== undefined && authority === regionAuthority(municipality, today))
    || (municipalityOfAuthority(authority) === undefined && unitOfAuthority(authority, today) === unit);
  const all = await directory.all(token);
  const circle = currentMembers(state).filter((member) => member.role !== 'question' && seesMember(state, actor.user, member));
  const absent = [...new Set(circle.filter((one) => one.deputyFor === undefined).map((one) => one.user))];
  const staff = whomToChoose(opened, command, all, { absent, given, isNear });
  const known = await directory.named(token, circle.map((member) => member.user));
  const personLabel = (id: string): string => {
    const one = known.get(id);
    return one === undefined ? 'En tidligere kollega' : label(one);
  };
  const members = new Set<string>(circle.filter((member) => isNameable(command, member)).map((member) => member.user));
  const measures = state.measures.measures.filter((measure) => seesMeasure(state, actor.user, measure)).map((measure) => ({ value: measure.id, label: measureTitle(opened, measure) }));
  const requirements = [...requirementWords(opened)].map(([value, text]) => ({ value, label: short(text) }));
  const open = openVersion(state);
  // The paper names the authorities to come, too: the municipality's own, before any measure is proposed there.
  const authorities = new Set<string>([
    ...circle.filter((member) => member.role !== 'screening').map((member) => member.authority), ...state.measures.measures.filter((measure) => seesMeasure(state, actor.user, measure)).map((measure) => measure.authority),
    ...AUTHORITY_IDS.filter(inMunicipality),
  ]);
  return {
    staff: staff.map(option),
    member: (command === 'circle.remove' ? nearFirst(all, (one) => isNear(one.authority)) : staff).filter((one) => members.has(one.id)).map(option),
    renewable: renewedBy(state, actor).map((id) => ({ value: id, label: `${personLabel(id)}. ${accessWords(opened, id)}` })),
    absent: absent.map((id) => ({ value: id, label: personLabel(id) })),
    measure: measures,
    requirement: requirements,
    item: [...measures, ...requirements],
    authority: nearFirst(AUTHORITY_IDS, (id) => authorities.has(id) || isNear(id)).map((id) => ({ value: id, label: authorityName(id) })),
    authorities: [...authorities].map((id) => ({ value: id, label: authorityName(id) })),
    party: open === undefined ? [] : missingParties(state, open).filter((one) => seesParty(state, actor.user, one)).map(({ party }) => ({ value: party, label: partyName(opened, party) })),
    precaution: state.security.precautions.filter((one) => actsFor(state, actor.user, one.worker) && one.confirmedOn === undefined).map((one) => ({ value: one.id, label: `Forholdsregel fra ${formatDate(one.since)}` })),
    step: PROTECTION_STEPS.filter((one) => protectionSteps(state, actor.user).includes(one.value)),
    ...(command === 'address.withdraw' ? { user: all.filter((one) => addressLeaveOf(state, one.id) !== undefined).map(option) } : {}),
    opening: eventsOf(opened, 'CardOpened').filter(({ event }) => state.cardOpenings.some((one) => one.id === event.opening && looksAt(state, actor.user, one))).map(({ event, at }) => ({ value: event.opening, label: `Nødopslag ${formatInstant(at)}` })),
    breach: eventsOf(opened, 'BreachRecorded').map(({ event, version }) => ({ value: event.breach, label: short(textOf(opened, version, 'what') ?? `Brud noteret ${formatDate(event.on)}`) })),
    question: membershipsOf(state, actor.user).flatMap((one) => (one.question === undefined ? [] : [{ value: one.question, label: 'Det spørgsmål, du har taget' }])),
    hearing: state.hearing.hearings.map((one) => ({ value: one.id, label: one.deadline === undefined ? 'Høring' : `Høring med svarfrist ${formatDate(one.deadline)}` })),
    entry: eventsOf(opened, 'NoteAdded', 'MeetingRecorded', 'NoteCorrected', 'AttachmentAdded').filter((one) => opened.bodies.has(one.version)).map(({ event, at }) => ({ value: event.entry, label: formatInstant(at) })),
  };
}
