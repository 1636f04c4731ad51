import type { ComponentChildren } from 'preact';
import type { OpenedCase } from '../../../app/open-case.js';
import { eventsOf, safeContactOf } from '../../../app/texts.js';
import { seesProgress } from '../../../domain/access/core-view.js';
import { readsScope } from '../../../domain/access/scopes.js';
import { type CircleRole, isFullMember, membershipsOf, seatsToSpeak } from '../../../domain/exit-case/circle.js';
import { concludedSeats } from '../../../domain/exit-case/conclusion.js';
import { isAddressProtected } from '../../../domain/exit-case/protected-address.js';
import { endedAs, phaseLabel, phaseOf, responsibleUnit, stepOf } from '../../../domain/exit-case/follows.js';
import type { CasePage } from '../../../domain/kernel/command.js';
import { copenhagenDate, daysBetween } from '../../../domain/kernel/time.js';
import type { StaffMember } from '../../../store/staff.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { CaseFrame, type CaseHeadProps, type CaseMenuItem, MaskedCpr } from '../../ui/case-head.js';
import { PageHead } from '../../ui/layout.js';
import { shortDate } from '../../ui/when.js';
import { ageWords } from '../overblik/words.js';
import { AcuteBanner } from './acute-banner.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';

/** What every page of a case is drawn from. */
export interface CaseCall {
  readonly call: SignedInCall;
  readonly opened: OpenedCase;
  readonly staff: ReadonlyMap<string, StaffMember>;
  /** Those of them who have left their work. */
  readonly left?: ReadonlySet<string>;
}

export const nameOf = ({ staff }: Pick<CaseCall, 'staff'>, user: string | undefined): string =>
  user === undefined ? 'Ikke udpeget' : (staff.get(user)?.name ?? 'En tidligere kollega');

/** What somebody is in a circle, as its members read it. */
export const ROLES: Readonly<Record<CircleRole, string>> = {
  police: 'Politiet', municipal: 'Kommunen', probation: 'Kriminalforsorgen', custody: 'Direktoratet for Kriminalforsorgen', contact: 'Kontakt med kandidaten', owner: 'Ansvarlig for et tiltag',
  question: 'Kontaktpunktet, et spørgsmål', screening: 'Sikkerhedsscreening, Rigspolitiet',
};

const CONSENT_NOTES = { none: 'ikke givet', given: 'givet', refused: 'afslået', withdrawn: 'trukket tilbage' } as const;

/** The case's pages in the order of its menu. */
export const PAGE_LABELS: ReadonlyMap<CasePage, string> = new Map([
  ['overblik', 'Overblik'], ['visitation', 'Visitation'], ['samtykke', 'Samtykke'], ['aftale', 'Aftale'], ['tiltag', 'Tiltag'], ['opfoelgning', 'Opfølgning'],
  ['sikkerhed', 'Sikkerhed'], ['journal', 'Journal'], ['tidslinje', 'Tidslinje'], ['dokumenter', 'Dokumenter'], ['kreds', 'Kreds og log'],
]);
/** Who owns one measure sees its pages alone; who has a question, the question; each with what happened as far as he may know. */
export const pagesFor = ({ state, actor }: OpenedCase): readonly CasePage[] => {
  if (isFullMember(state, actor.user)) return [...PAGE_LABELS.keys()];
  const roles = membershipsOf(state, actor.user).map((one) => one.role);
  if (roles.includes('owner')) return ['overblik', 'aftale', 'tiltag', 'sikkerhed', 'tidslinje'];
  return roles.includes('screening') ? ['overblik', 'sikkerhed'] : ['overblik', 'tidslinje'];
};

const noteOf = ({ opened }: CaseCall, page: CasePage): string | undefined => {
  const { state } = opened;
  switch (page) {
    case 'visitation':
      return state.assessment.begun ? `${concludedSeats(state).length} af ${seatsToSpeak(state).length}` : undefined;
    case 'samtykke':
      return CONSENT_NOTES[state.consent.status];
    default:
      return undefined;
  }
};

const menu = (on: CaseCall, current: CasePage): readonly CaseMenuItem[] => {
  const full = isFullMember(on.opened.state, on.opened.actor.user);
  const pages = pagesFor(on.opened);
  return [...PAGE_LABELS].filter(([page]) => pages.includes(page)).map(([page, label]) => {
    const note = full ? noteOf(on, page) : undefined;
    return { label, href: paths.case(on.opened.id, page), current: page === current, ...(note === undefined ? {} : { note }) };
  });
};

const head = (on: CaseCall, compact: boolean, names: CaseNames | undefined): CaseHeadProps => {
  const { opened, call } = on;
  const { state } = opened;
  const { phase, since } = phaseOf(state);
  const today = copenhagenDate(call.now);
  const days = Math.max(0, daysBetween(since, today));
  const ended = endedAs(state);
  const full = isFullMember(state, opened.actor.user);
  const named = readsScope(state, opened.actor.user, { kind: 'identity', subject: '', generation: 1 });
  const safe = full ? safeContactOf(opened) : undefined;
  const follows = seesProgress(state, opened.actor.user);
  const asked = follows ? undefined : eventsOf(opened, 'ScreeningAsked').at(-1)?.actor;
  return {
    number: opened.number, label: opened.label, ...(follows ? { step: stepOf(state), ended: ended !== undefined } : {}), compact,
    facts: [
      ...(follows ? [{ label: 'Fase', bare: true, value: `${phaseLabel(phase)}${ended === undefined ? '' : ` (${ended})`} siden ${shortDate(since, today)} (${ageWords(days)})` }] : []),
      ...(full
        ? [
            { label: 'Sted', bare: true, value: state.inquiry.place === 'custody' ? 'I varetægt eller fængsel' : 'I frihed' },
            { label: 'Enhed', bare: true, value: responsibleUnit(state) },
          ]
        : []),
      ...(follows ? [{ label: 'Kontaktperson', value: nameOf(on, state.agreement.contactPerson) }] : [{ label: 'Enhed', bare: true, value: responsibleUnit(state) }, { label: 'Bestilt af', value: nameOf(on, asked) }]),
      ...(names?.name === undefined ? [] : [{ label: 'Navn', value: names.name }]),
      ...(named ? [{ label: 'CPR-nummer', value: names?.cpr ?? <MaskedCpr /> }] : []),
    ],
    ...(safe === undefined ? {} : { safeContact: safe }),
    ...(full && isAddressProtected(state) ? { guards: ['Adressebeskyttet'] } : {}),
    ...(named ? { names: { action: paths.names(opened.id), shown: names !== undefined, csrf: tokenFor(call) } } : {}),
  };
};

/** The candidate's name and number, when the reader has asked to see them. */
export interface CaseNames {
  readonly name?: string;
  readonly cpr?: string;
}

interface CasePageProps {
  readonly page: CasePage;
  readonly children: ComponentChildren;
  readonly aside?: ComponentChildren;
  readonly status?: number;
  readonly names?: CaseNames;
  /** 'Fejl: ' before the title when a form came back. */
  readonly failed?: boolean;
}

/** One page of a case in its frame. The title names the case by its number only. */
export function casePage(on: CaseCall, { page, children, aside, status, names, failed = false }: CasePageProps): Answer {
  const { opened, call } = on;
  return signedInPage(
    call,
    { title: `${failed ? 'Fejl: ' : ''}Sag ${opened.number}`, place: 'Sager', within: true, headers: { etag: opened.etag }, ...(status === undefined ? {} : { status }) },
    <CaseFrame head={head(on, page !== 'overblik', names)} menu={menu(on, page)} {...(aside === undefined ? {} : { aside })}><AcuteBanner opened={opened} />{children}</CaseFrame>,
  );
}

/** A page about a case that shows nothing of it but its number, the unit and the reader's own role: for who is still to say whether he has a conflict of interest (FM-DEC-4). */
export function barePage({ opened, call }: CaseCall, { children, status, failed = false }: Pick<CasePageProps, 'children' | 'status' | 'failed'>): Answer {
  const roles = membershipsOf(opened.state, opened.actor.user).map(({ role }) => ROLES[role]);
  return signedInPage(call, { title: `${failed ? 'Fejl: ' : ''}Sag ${opened.number}`, place: 'Sager', within: true, ...(status === undefined ? {} : { status }) }, (
    <>
      <PageHead title={`Sag ${opened.number}`}><p class="muted">{`${responsibleUnit(opened.state)} · Din rolle: ${[...new Set(roles)].join(', ')}`}</p></PageHead>
      <AcuteBanner opened={opened} />
      {children}
    </>
  ));
}
