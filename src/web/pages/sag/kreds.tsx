import { addressReasonLabel } from '../../../app/protected-address.js';
import { refusedBy } from '../../../app/house.js';
import { hasAccess, membershipUntil } from '../../../domain/access/after-the-end.js';
import { readsScope, seesMember } from '../../../domain/access/scopes.js';
import type { ExitCase } from '../../../domain/exit-case/case.js';
import { coordinator, type Membership } from '../../../domain/exit-case/circle.js';
import { copenhagenDate, formatDate, formatInstant, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { weekQuestion } from '../../../store/access-log.js';
import { caseLog, type LookRow, namesOfColleagues } from '../../../store/lists.js';
import type { StaffMember } from '../../../store/staff.js';
import type { Answer } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { Table, TwoLines } from '../../ui/table.js';
import { didWords } from '../adgang/words.js';
import { ActLinks } from './act-links.js';
import { type CaseCall, casePage, nameOf, ROLES } from './case-page.js';
import { ExtractForm, type ExtractTyped } from './extract-form.js';
import { type Looker, lookerOf, weekLines } from './lookers.js';
import { pageActions } from './subjects.js';
import { WeekQuestion } from './week-question.js';

const READS = [
  ['identity', 'navn og CPR'], ['general', 'fælles oplysninger'], ['health', 'helbred'], ['economy', 'økonomi'], ['police', 'politiets materiale'], ['probation', 'Kriminalforsorgens materiale'], ['card', 'sikkerhedskort'],
] as const;

/** Looks at the case that are shown at once; older ones are folded away. */
const SHOWN = 15;

type Look = LookRow & { readonly looker: Looker };
/** The log gives no more than these at a time. */
const MOST = 200;

interface LooksProps {
  readonly rows: readonly Look[];
  readonly caption: string;
}
const Looks = ({ rows, caption }: LooksProps) => (
  <Table<Look> caption={caption} quietCaption phone="stack" rows={rows} rowKey={(row) => `${row.at}${row.action}${row.actor}`} columns={[
    { label: 'Hvornår', cell: (row) => formatInstant(row.at) },
    { label: 'Hvem', cell: (row) => row.looker.label },
    { label: 'Hvad', cell: (row) => { const why = row.action === 'address.read' ? addressReasonLabel(row.purpose ?? '') : undefined; const did = didWords({ action: row.action, purpose: null }); return why === undefined ? did : <TwoLines first={did} second={why} />; } },
  ]} />
);

/** When somebody's access ends, or that it has: renewing it brings him back (control 44). */
const accessOf = (state: ExitCase, member: Membership, today: PlainDate, hasLeft: boolean) => {
  if (member.to !== undefined) return 'Ude af kredsen';
  if (hasLeft) return 'Adgangen er lukket';
  const until = membershipUntil(state, member);
  if (until === undefined) return 'Så længe opgaven varer';
  return until < today ? <TwoLines first={<Badge kind="late">Adgangen er udløbet</Badge>} second={formatDate(until)} /> : formatDate(until);
};

/** Who is in, in which role, since when, what they can read; for the co-ordinator also who opened the case when (FM-CNF-2, FM-CNF-5). */
export async function circle(on: CaseCall, typed?: ExtractTyped): Promise<Answer> {
  const { opened, call } = on;
  const { state, actor } = opened;
  try {
    const today = copenhagenDate(call.now);
    const coordinates = coordinator.test(state, actor);
    const rows = coordinates ? await caseLog(call.house.web, call.visitor.token, opened.id) : [];
    const question = coordinates ? await weekQuestion(call.house.web, call.visitor.token, opened.id) : [];
    const seen = [...new Set([...rows.map((row) => row.actor), ...question.map((row) => row.person)])];
    const known: ReadonlyMap<string, StaffMember> = seen.length === 0 ? new Map() : await namesOfColleagues(call.house.web, call.visitor.token, seen);
    const log = rows.map((row): Look => ({ ...row, looker: lookerOf(opened, known, row.actor) }));
    const members = state.circle.members.filter((one) => seesMember(state, actor.user, one)).sort((a, b) => Number(a.to !== undefined) - Number(b.to !== undefined));
    const reads = (user: string): string => READS.filter(([kind]) => readsScope(state, user, { kind, subject: '', generation: 1 })).map(([, words]) => words).join(', ');
    return casePage(on, {
      page: 'kreds',
      ...(typed?.again === true ? { status: 403, failed: true } : typed?.missing === true ? { status: 422, failed: true } : {}),
      children: (
        <>
          {typed && coordinates && <Section id="udtraek" title="Udtræk til personen"><ExtractForm call={call} caseId={opened.id} typed={typed} /></Section>}
          <WeekQuestion call={call} caseId={opened.id} rows={weekLines(opened, known, question)} />
          <Section id="kreds" title="Kreds" count={members.filter((one) => one.to === undefined).length}>
            <ActLinks caseId={opened.id} actions={pageActions(opened, call.now)} names={['circle.renew', 'circle.depute', 'circle.handOver', 'circle.add', 'circle.remove', 'circle.exclude', 'circle.declareConflict']} first={new Set(['circle.renew', 'circle.depute', 'circle.add'])} />
            <Table caption="Hvem er med i sagen, og hvem har været det" quietCaption phone="stack" rows={members} rowKey={(row) => `${row.user}${row.role}${row.from}${row.measure ?? row.question ?? ''}`} columns={[
              { label: 'Navn', cell: (row) => <TwoLines first={nameOf(on, row.user)} second={`${authorityName(row.authority)}${row.to === undefined && on.left?.has(row.user) === true ? ' · fratrådt' : ''}`} /> },
              { label: 'Rolle', cell: (row) => (row.deputyFor === undefined ? ROLES[row.role] : <TwoLines first={ROLES[row.role]} second={`Vikar for ${nameOf(on, row.deputyFor)}`} />) },
              { label: 'Med', cell: (row) => (row.to === undefined ? `siden ${formatInstant(row.from)}` : `${formatInstant(row.from)} – ${formatInstant(row.to)}`) },
              { label: 'Adgang til og med', cell: (row) => accessOf(state, row, today, on.left?.has(row.user) === true) },
              { label: 'Kan læse', cell: (row) => (hasAccess(state, row, today) && on.left?.has(row.user) !== true ? reads(row.user) : 'Intet mere') },
            ]} />
          </Section>
          {coordinates && (
            <Section id="log" title="Hvem har åbnet sagen">
              <p class="muted">{log.length === MOST ? `De seneste ${MOST} opslag. ` : ''}At du læser loggen, står også i den.</p>
              <Looks rows={log.slice(0, SHOWN)} caption="De nyeste opslag i sagen" />
              {log.length > SHOWN && <Fold summary={`Ældre opslag (${log.length - SHOWN})`}><Looks rows={log.slice(SHOWN)} caption="Ældre opslag i sagen" /></Fold>}
              {!typed && <ExtractForm call={call} caseId={opened.id} />}
            </Section>
          )}
        </>
      ),
    });
  } catch (error) {
    return refusedBy(error);
  }
}
