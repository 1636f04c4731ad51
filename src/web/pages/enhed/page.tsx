import { randomUUID } from 'node:crypto';
import { refusedBy } from '../../../app/house.js';
import { practiceQuestions } from '../../../app/practice.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { addDays, copenhagenDate, formatDate, formatInstant, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName, unitName } from '../../../domain/reference/authorities.js';
import { confirmReview, unitPage, type UnitPage } from '../../../store/people.js';
import type { StaffMember } from '../../../store/staff.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { Badge } from '../../ui/badge.js';
import { ActButton, LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table, TwoLines } from '../../ui/table.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { Age } from '../underretninger/list.js';
import { type Place, placesOf } from './places.js';
import { PracticeOfUnit } from './practice.js';

/** The review is asked for so many days before it is due. */
export const REVIEW_TOLD_DAYS = 14;

type Names = ReadonlyMap<string, StaffMember>;
const nameOf = (names: Names, id: string): string => names.get(id)?.name ?? 'En tidligere kollega';

/** Where a card was opened and nobody has gone through that comes first. */
const Unattended = ({ rows, opened }: { readonly rows: UnitPage['unattended']; readonly opened: UnitPage['opened'] }) => rows.length === 0 ? null : (
  <Section id="uden" title="Sager uden koordinator" count={rows.length}>
    <Alert kind="warning">Koordinatoren er fratrådt eller ude af sagen, eller adgangen skulle være fornyet. Tag sagen over, hvis det er dig, der skal være koordinator nu. Du kan først se, hvad en sag handler om, når du har taget den over.</Alert>
    <ul class="no-max-width plain-list todo">
      {[...rows.filter((one) => opened.includes(one.case)), ...rows.filter((one) => !opened.includes(one.case))].map((one, index) => (
        <li key={one.case} class={one.danger || opened.includes(one.case) ? 'is-late' : undefined}>
          <div>
            <h3>{one.number}</h3>
            {opened.includes(one.case)
              ? <p><Badge kind="late">Sikkerhedskortet er åbnet</Badge> Nogens liv er måske i fare. Gå opslaget igennem, når du har taget sagen over.</p>
              : one.danger && <p><Badge kind="late">Der er fare i sagen</Badge></p>}
          </div>
          <LinkButton href={paths.takeOver(one.case)} context={one.number} {...(index === 0 && (one.danger || opened.includes(one.case)) ? { kind: 'primary' as const } : {})}>Bliv koordinator</LinkButton>
        </li>
      ))}
    </ul>
  </Section>
);

const Usual = ({ places, page, names }: { readonly places: readonly Place[]; readonly page: UnitPage; readonly names: Names }) => (
  <Section id="liste" title="Enhedens liste">
    <p>De personer foreslås, når du tager en henvendelse. Du kan altid vælge en anden i den enkelte sag.</p>
    <Table<Place> caption="Hvem enheden plejer at vælge fra hver myndighed" quietCaption phone="stack" rows={places} rowKey={(one) => one.key} columns={[
      { label: 'Myndighed', cell: (one) => one.label },
      { label: 'Person', cell: (one) => {
        const user = page.roster.find((row) => row.seat === one.seat && row.municipality === one.municipality)?.user;
        return user === undefined ? <span class="muted">Ingen</span> : nameOf(names, user);
      } },
      { label: 'Ret', quiet: true, acts: true, cell: (one) => <LinkButton href={paths.usual(one.key)} context={one.label}>Vælg</LinkButton> },
    ]} />
  </Section>
);

const Unread = ({ unread: { count, oldest }, today }: { readonly unread: UnitPage['unread']; readonly today: PlainDate }) => (
  <Section id="sendt" title="Sendt til kontaktpunktet">
    {oldest === null
      ? <p>Kontaktpunktet har læst alt, hvad det har fået besked om i de sager, du er med i.</p>
      : <p>{`${count === 1 ? 'Én underretning fra en sag, du er med i, er' : `${count} underretninger fra de sager, du er med i, er`} ikke læst af kontaktpunktet endnu. ${count === 1 ? 'Den' : 'Den ældste'} er fra ${formatDate(copenhagenDate(oldest))}. `}<Age at={oldest} today={today} /></p>}
    <p class="muted">Underretningerne sendes af sig selv. I den enkelte sag står de under Tidslinje.</p>
  </Section>
);

interface ReviewProps {
  readonly call: SignedInCall;
  readonly page: UnitPage;
  readonly names: Names;
  readonly today: PlainDate;
}

const Review = ({ call, page, names, today }: ReviewProps) => {
  const { access, reviews, reviewDue } = page;
  const late = reviewDue !== null && reviewDue < today;
  return (
    <Section id="adgang" title="Hvem har adgang til dine sager">
      {reviewDue === null
        ? <Empty title="Du er ikke koordinator for nogen sag."><p>Når du er det, står det her, hvem der har adgang til dine sager.</p></Empty>
        : (
          <>
            <p>{late ? <Badge kind="late">For sent</Badge> : reviewDue <= addDays(today, REVIEW_TOLD_DAYS) ? <Badge kind="soon">Snart</Badge> : null} {`Gennemgå listen senest ${formatDate(reviewDue)}, og derefter hvert halve år. Skal nogen ikke længere have adgang, så fjern dem i den enkelte sag under Kreds og log.`}</p>
            <Table caption="Personer med adgang til de sager, du koordinerer" quietCaption phone="stack" rows={access} rowKey={(one) => one.user} columns={[
              { label: 'Navn', cell: (one) => <TwoLines first={nameOf(names, one.user)} second={`${authorityName(names.get(one.user)?.authority ?? '')}${one.left ? ' · fratrådt' : ''}`} /> },
              { label: 'Antal sager', align: 'right', cell: (one) => one.cases },
            ]} />
            <p class="muted">De, der kun er med om ét tiltag, står ikke her. Dem ser du i den enkelte sag.</p>
            <ActButton action={paths.unitReview()} csrf={tokenFor(call)} idempotencyKey={randomUUID()} kind="primary">Jeg har gennemgået adgangen</ActButton>
          </>
        )}
      {reviews.length > 0 && (
        <Table caption="Enhedens gennemgange" phone="stack" rows={reviews} rowKey={(one) => `${one.at}${one.by}`} columns={[
          { label: 'Hvornår', cell: (one) => formatDate(copenhagenDate(one.at)) },
          { label: 'Hvem', cell: (one) => nameOf(names, one.by) },
          { label: 'Omfang', cell: (one) => `${one.people} ${one.people === 1 ? 'person' : 'personer'} i ${one.cases} ${one.cases === 1 ? 'sag' : 'sager'}` },
        ]} />
      )}
    </Section>
  );
};

/** The unit's people, for who keeps its inbox: its usual ones, who has access, and the cases nobody co-ordinates; and what the unit is asked about its figures (FM-WORK-7, FM-NCP-7, control 44). */
export const unit = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const { house, visitor, now } = call;
  try {
    const page = await unitPage(house.web, visitor.token);
    if (page === undefined) return { kind: 'absent' };
    const practice = await practiceQuestions(house, visitor.token);
    if ('kind' in practice) return practice;
    const today = copenhagenDate(now);
    const names = await directory.named(visitor.token, [...page.roster.map((one) => one.user), ...page.access.map((one) => one.user), ...page.reviews.map((one) => one.by), ...page.takenOver.map((one) => one.by)]);
    return signedInPage(call, { title: 'Enheden', place: 'Enheden' }, (
      <>
        <PageHead title="Enheden"><p class="muted">{unitName(page.unit)}</p></PageHead>
        <Unattended rows={page.unattended} opened={page.opened} />
        <PracticeOfUnit rows={practice.filter(({ asks }) => !asks)} today={today} />
        <Review call={call} page={page} names={names} today={today} />
        <Unread unread={page.unread} today={today} />
        <Usual places={placesOf(page.unit, today)} page={page} names={names} />
        {page.takenOver.length > 0 && (
          <Section id="overtaget" title="Taget over de seneste fire uger">
            <Table caption="Sager, som en kollega er blevet koordinator for" quietCaption phone="stack" rows={page.takenOver} rowKey={(one) => `${one.number}${one.at}`} columns={[
              { label: 'Sag', cell: (one) => one.number },
              { label: 'Hvem', cell: (one) => nameOf(names, one.by) },
              { label: 'Hvornår', cell: (one) => formatInstant(one.at) },
            ]} />
          </Section>
        )}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};

/** The half-yearly review is done (FM-WORK-7). */
export async function review(call: SignedInCall): Promise<Answer> {
  try {
    return { kind: 'redirect', to: paths.unit(), ...((await confirmReview(call.house.web, call.visitor.token)) ? { said: 'review' } : {}) };
  } catch (error) {
    return refusedBy(error);
  }
}
