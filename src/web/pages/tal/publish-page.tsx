import { refusedBy } from '../../../app/house.js';
import { type Draft, draftPublication, isWithdrawnBecause, type NotPublishable, publishFigures, withdrawFigures } from '../../../app/publishing.js';
import { addDays, addMonths, copenhagenDate, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import { periodWords } from '../../../domain/statistics/period-words.js';
import type { Publication } from '../../../domain/statistics/publication.js';
import type { PublicationRow } from '../../../store/publications.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Form, Hidden, Radios, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { StillFilling } from '../still-filling.js';
import { FigurePages, type Period, PeriodForm, periodQuery, readPeriod } from './period.js';
import { publicationWords } from './published-page.js';
import { picturedOf, PublicationTables } from './published-tables.js';
import { BECAUSE, countWords, NO_REASON, NOT_NEWEST, WHY_NOT } from './publish-words.js';

/** The last half-year that is over: numbers are published seldom, and for a period that has ended. */
const lastHalfYear = (today: PlainDate): PlainDate => knownDate(today.slice(5) > '06-30' ? `${today.slice(0, 4)}-06-30` : `${Number(today.slice(0, 4)) - 1}-12-31`);

const sent = (body: unknown, name: string): string | undefined => {
  const value = ((body ?? {}) as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value.trim().slice(0, 60) : undefined;
};
const periodOf = (call: SignedInCall, fra: string | undefined, til: string | undefined): Period => readPeriod({ now: call.now, query: { fra, til } }, { usualEnd: lastHalfYear(copenhagenDate(call.now)) });

/** The part of the page with the button: after all that it publishes. */
const SEND = 'offentliggoer';
/** Of so few days hardly anything can be shown, and what is shown must be reckoned with in every publication to come. */
const isShort = ({ from, asOf }: Publication): boolean => addDays(asOf, 1) < addMonths(from, 3);
const SHORT = 'I så kort en periode skal det meste skjules, og det, der vises nu, skal senere tal skjules sammen med. Offentliggør den kun, hvis det er netop den periode, der er spurgt om.';

const Publish = ({ draft, period, call, whole }: { readonly draft: Draft; readonly period: Period; readonly call: SignedInCall; readonly whole: boolean }) => {
  const keep = periodQuery(period);
  return (
    <>
      {isShort(draft.publication) && <Alert kind="warning" title="Perioden er på under tre måneder">{SHORT}</Alert>}
      <Section id="skjult" title="Det bliver skjult">
        <ul>{countWords(draft.hidden, draft.publication.threshold).map((line) => <li key={line}>{line}</li>)}</ul>
        {whole && <p class="no-print">Se tallene igennem her, som alle vil se dem. <a href={`#${SEND}`}>Du offentliggør dem under tabellerne</a></p>}
      </Section>
      <PublicationTables publication={draft.publication} figure={picturedOf(call.query['vis'])} action={paths.publish()} keep={keep} />
      {whole && (
        <Section id={SEND} title="Offentliggør">
          {draft.samePeriod && (
            <Alert kind="info" title="Perioden er offentliggjort" headingLevel={3}>
              <p class="alert-text">{`${publicationWords(draft.samePeriod)}. Offentliggør du den igen, står begge, de nye tal først. `}<a href={paths.published(draft.samePeriod.id)}>Se tallene, der er offentliggjort</a></p>
            </Alert>
          )}
          <Form action={paths.publish()} csrf={tokenFor(call)} class="act-form no-print">
            {Object.entries(keep).map(([name, value]) => <Hidden key={name} name={name} value={value} />)}
            <SubmitLine text={`Det gælder tallene for ${periodWords(draft.publication)}. De gøres op igen, når du trykker, og alle, der er logget ind, kan se dem med det samme. De bliver ikke ændret siden. Offentliggør sjældent: jo kortere tid der går, des mere må skjules.`}>
              <SubmitButton>Offentliggør tallene</SubmitButton>
            </SubmitLine>
          </Form>
        </Section>
      )}
    </>
  );
};

const Withdraw = ({ newest, csrf, error }: { readonly newest: PublicationRow; readonly csrf: string; readonly error?: string | undefined }) => (
  <Section id="tilbage" title="Træk de nyeste tal tilbage">
    <p>{`${publicationWords(newest)}. `}<a href={paths.published()}>Se tallene</a></p>
    <Form action={paths.withdrawPublished()} csrf={csrf} class="act-form no-print" idPrefix="tilbage">
      <Hidden name="id" value={newest.id} />
      <Radios name="grund" label="Hvorfor trækkes de tilbage?" options={BECAUSE} required {...(error === undefined ? {} : { error })} />
      <SubmitLine text="Ingen kan se dem mere. Men nogen kan have set dem, så de tæller stadig med, når nye tal skjules.">
        <SubmitButton kind="secondary">Træk tallene tilbage</SubmitButton>
      </SubmitLine>
    </Form>
  </Section>
);

interface Wrong {
  /** Why nothing was published. */
  readonly publish?: string;
  /** What is wrong with the way back. */
  readonly withdraw?: string;
}

async function draw(filled: FiguresFilled, call: SignedInCall, period: Period, wrong: Wrong = {}): Promise<Answer> {
  const { house, visitor } = call;
  const drafted = period.drawing && (await draftPublication(house, visitor.token, period.drawing));
  if (drafted?.kind === 'absent') return { kind: 'absent' };
  const failed = period.errors.length > 0 || wrong.publish !== undefined || wrong.withdraw !== undefined;
  const whyNot = wrong.publish ?? (drafted && drafted.kind !== 'draft' ? whyNotOf(drafted) : undefined);
  return signedInPage(call, { title: failed ? 'Fejl: Offentliggør tal' : 'Offentliggør tal', place: 'Tal', within: true, ...(failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title="Offentliggør tal">
        <p class="muted">Her ser du tallene, som alle andre vil se dem. Det er dem, Folketinget, enhederne og kommunerne kan få: de fulde tal er kun kontaktpunktets.</p>
      </PageHead>
      <FigurePages current="publish" period={period} />
      <StillFilling share={filled()} />
      {wrong.withdraw !== undefined && <ErrorSummary errors={[{ name: 'tilbage-grund', message: wrong.withdraw }]} />}
      {whyNot !== undefined && <Alert kind="error" title="Tallene er ikke offentliggjort" announce>{whyNot}</Alert>}
      <PeriodForm period={period} action={paths.publish()} drawnNow />
      {drafted?.kind === 'draft' && <Publish draft={drafted} period={period} call={call} whole={filled() === undefined} />}
      {drafted?.newest && <Withdraw newest={drafted.newest} csrf={tokenFor(call)} error={wrong.withdraw} />}
    </>
  ));
}
const whyNotOf = ({ kind }: NotPublishable): string => WHY_NOT[kind];

/** The figures of a period as everybody would see them, what is hidden and why, and the way to publish them (FM-STA-2, FM-NCP-5). */
export const publishPage = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  try {
    return await draw(filled, call, periodOf(call, call.query['fra'], call.query['til']));
  } catch (error) {
    return refusedBy(error);
  }
};

export const sendPublish = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const period = periodOf(call, sent(call.body, 'fra') ?? '', sent(call.body, 'til') ?? '');
  try {
    if (period.drawing === undefined) return await draw(filled, call, period);
    if (filled() !== undefined) return await draw(filled, call, period, { publish: WHY_NOT.filling });
    const came = await publishFigures(call.house, call.visitor.token, period.drawing);
    if (came.kind === 'absent') return { kind: 'absent' };
    return came.kind === 'published' ? { kind: 'redirect', to: paths.published(), said: 'figures.published' } : await draw(filled, call, period, { publish: WHY_NOT[came.kind] });
  } catch (error) {
    return refusedBy(error);
  }
};

export const sendWithdraw = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const [id, because] = [sent(call.body, 'id'), sent(call.body, 'grund')];
  const period = periodOf(call, undefined, undefined);
  try {
    if (!isWithdrawnBecause(because)) return await draw(filled, call, period, { withdraw: NO_REASON });
    const { kind } = await withdrawFigures(call.house, call.visitor.token, id, because);
    if (kind === 'absent') return { kind };
    return kind === 'withdrawn' ? { kind: 'redirect', to: paths.published(), said: 'figures.withdrawn' } : await draw(filled, call, period, { withdraw: NOT_NEWEST });
  } catch (error) {
    return refusedBy(error);
  }
};
