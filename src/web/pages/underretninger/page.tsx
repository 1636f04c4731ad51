import { refusedBy } from '../../../app/house.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { ACKNOWLEDGED_KINDS } from '../../../domain/exit-case/notification.js';
import { isId } from '../../../domain/kernel/ids.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { units } from '../../../domain/reference/authorities.js';
import { acknowledge, listNotifications, MOST_ACKNOWLEDGED, PAGES_OF_READ } from '../../../store/notifications.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { SubmitButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Hidden } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { pageNumber, Pages } from '../../ui/pages.js';
import { saidOf } from '../said.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { StillTelling } from '../still-filling.js';
import { ALONE, type Choice, CHOSEN, CHOSEN_FAULT, CHOSEN_FORM, Filters, Rows, UnitByUnit } from './list.js';

const PAGE = 25;

/** What the address asks for. With a unit or a kind that there is not it is everything, and what is wrong stands at its field. */
const choiceOf = ({ query }: SignedInCall): Choice => {
  const { enhed = '', slags = '' } = query;
  const [unit, kind] = [units.find((one) => one === enhed), ACKNOWLEDGED_KINDS.find((one) => one === slags)];
  const wrong = [
    ...(enhed === '' || unit !== undefined ? [] : [{ name: 'enhed', message: 'Den enhed findes ikke. Vælg en fra listen.' }]), ...(slags === '' || kind !== undefined ? [] : [{ name: 'slags', message: 'Den slags underretning findes ikke. Vælg en fra listen.' }]),
    ...(['', 'vent', 'alle'].includes(query['vis'] ?? '') ? [] : [{ name: 'vis', message: 'Vælg fra listen, hvad der skal vises.' }]),
  ];
  return { all: query['vis'] === 'alle', page: pageNumber(query['side']), wrong, ...(wrong.length > 0 ? { unit: undefined, kind: undefined } : { unit, kind }) };
};

const all = (given: unknown): readonly string[] => [...new Set((Array.isArray(given) ? given : [given]).filter((one): one is string => typeof one === 'string'))];
/** What the form of the page sent: what is to be acknowledged, which is the row whose own button was pressed, everything on the page, or the ticks; and the ticks that stay for another time. */
const sentIn = (body: unknown): { readonly chosen: readonly string[]; readonly kept: readonly string[] } => {
  const { [CHOSEN]: ticks, [ALONE]: alone, alt, 'paa-siden': onPage } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (alone !== undefined) return { chosen: all(alone), kept: all(ticks).filter((one) => !all(alone).includes(one)) };
  return { chosen: all(alt === undefined ? ticks : onPage), kept: [] };
};

interface Typed {
  readonly chosen: readonly string[];
  readonly errors: readonly FormError[];
  /** What was just done, where ticks are kept. */
  readonly done?: string | undefined;
  /** It comes back after a login, and is not sent yet (FM-WORK-5). */
  readonly again?: true;
}
const NOTHING: Typed = { chosen: [], errors: [] };

interface Parts {
  readonly directory: StaffDirectory;
  readonly filled: FiguresFilled;
}

const draw = async ({ directory, filled }: Parts, call: SignedInCall, { chosen, errors, done, again }: Typed = NOTHING): Promise<Answer> => {
  const { house, visitor, now } = call;
  const choice = choiceOf(call);
  const { waiting, total, page, rows, units: byUnit } = await listNotifications(house.web, visitor.token, {
    all: choice.all, ...(choice.unit === undefined ? {} : { unit: choice.unit }), kinds: ACKNOWLEDGED_KINDS.filter((one) => choice.kind === undefined || one === choice.kind), limit: PAGE, page: choice.page,
  });
  const names = await directory.named(visitor.token, rows.flatMap(({ acknowledgedBy }) => (acknowledgedBy === null ? [] : [acknowledgedBy])));
  const today = copenhagenDate(now);
  const failed = errors.length > 0 || choice.wrong.length > 0 || again === true;
  const fault = errors.find(({ name }) => name === CHOSEN)?.message;
  const action = paths.notifications({ ...choice, page });
  const open = rows.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  return signedInPage(call, { title: failed ? 'Fejl: Underretninger' : 'Underretninger', place: 'Underretninger', ...(again === true ? { status: 403 } : failed ? { status: 422 } : {}) }, (
    <>
      <PageHead title="Underretninger">
        <p class="muted">Her står, hvad der er sket i enhedernes sager. Når én af jer kvitterer, gælder det for hele kontaktpunktet, og enheden kan se, at det er læst. Nødopslag står øverst på Mit arbejde.</p>
      </PageHead>
      <StillTelling share={filled()} />
      {again === true && <SignedOutMeanwhile />}
      {done !== undefined && <Alert kind="success" announce>{`${done} Det, du havde valgt, er stadig valgt.`}</Alert>}
      <ErrorSummary errors={errors} />
      <Section id="liste" title={choice.all ? 'Ventende og kvitterede' : 'Venter'} count={choice.all ? total : waiting}>
        {errors.length === 0 && <ErrorSummary errors={choice.wrong} title={`Alle underretninger${choice.all ? '' : ', der venter,'} vises, for filteret kan ikke bruges`} />}
        <Filters choice={choice} />
        {fault !== undefined && <p class="form-error-message" id={CHOSEN_FAULT}><span class="sr-only">Fejl: </span>{fault}</p>}
        {rows.length === 0
          ? <Nothing choice={choice} />
          : <Rows rows={rows} today={today} now={now} chosen={chosen} failed={fault !== undefined} nameOf={(user) => names.get(user)?.name ?? 'en tidligere kollega'} />}
        {open.length > 0 && (
          <form method="post" action={action} id={CHOSEN_FORM} class="submit-line no-print mt-4" aria-label="Kvittér for flere" data-guard>
            <Hidden name="_csrf" value={tokenFor(call)} />
            {open.map(({ id }) => <Hidden key={id} name="paa-siden" value={id} />)}
            <SubmitButton>Kvittér for de valgte</SubmitButton>
            <SubmitButton kind="secondary" name="alt" value="ja">{open.length === 1 ? 'Kvittér for den ene på siden' : `Kvittér for alle ${open.length} på siden`}</SubmitButton>
          </form>
        )}
        {total - waiting >= PAGE * PAGES_OF_READ && <p class="muted">{`Af dem, der er kvitteret for, er de seneste ${(PAGE * PAGES_OF_READ).toLocaleString('da-DK')} med. Vælg en enhed for at se længere tilbage.`}</p>}
        <Pages page={page} total={total} size={PAGE} href={(to) => paths.notifications({ ...choice, page: to })} />
      </Section>
      <UnitByUnit rows={byUnit} today={today} />
    </>
  ));
};

const Nothing = ({ choice }: { readonly choice: Choice }) => choice.unit === undefined && choice.kind === undefined
  ? choice.all
    ? <Empty title="Der er ikke kommet nogen underretninger endnu.">De står her, så snart en enhed begynder en visitation.</Empty>
    : <Empty title="Alt er læst. Der venter ingen underretninger."><a href={paths.notifications({ all: true })}>Se dem, der er kvitteret for</a></Empty>
  : <Empty title="Ingen underretninger passer til det, du har valgt."><a href={paths.notifications({ all: choice.all })}>{choice.all ? 'Vis alle' : 'Vis alle, der venter'}</a></Empty>;

/** The contact point's inbox: what waits first and oldest first, visibly older day by day, and unit for unit how much waits (FM-NOT-1). */
export const inbox = (directory: StaffDirectory, filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  try {
    return await draw({ directory, filled }, call);
  } catch (error) {
    return refusedBy(error);
  }
};

/** One, the ticked ones or the whole page; what a colleague was sooner with is said and no error. */
export const acknowledgeThem = (directory: StaffDirectory, filled: FiguresFilled): FormHandle => {
  const drawn = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
    try {
      return await draw({ directory, filled }, call, typed);
    } catch (error) {
      return refusedBy(error);
    }
  };
  const handle = async (call: SignedInCall): Promise<Answer> => {
    const { chosen, kept } = sentIn(call.body);
    if (chosen.length === 0) return drawn(call, { chosen, errors: [{ name: CHOSEN, message: 'Vælg mindst én underretning' }] });
    if (chosen.length > MOST_ACKNOWLEDGED || !chosen.every(isId)) return drawn(call, { chosen: [], errors: [{ message: 'Der er ikke kvitteret for noget. Vælg underretningerne på listen, og prøv igen.' }] });
    try {
      const done = await acknowledge(call.house.web, call.visitor.token, chosen);
      if (done === undefined) return { kind: 'absent' };
      if (done === 'unknown') return await draw({ directory, filled }, call, { chosen, errors: [{ message: 'Der er ikke kvitteret for noget. Mindst én af dem, du valgte, står her ikke længere. Se listen igennem, og prøv igen.' }] });
      const said = `notification.acknowledged ${done.acknowledged.length} ${done.already.length}`;
      return kept.length === 0 ? { kind: 'redirect', to: paths.notifications(choiceOf(call)), said } : await draw({ directory, filled }, call, { chosen: kept, errors: [], done: saidOf(said) });
    } catch (error) {
      return refusedBy(error);
    }
  };
  return Object.assign(handle, { again: (call: SignedInCall) => drawn(call, { chosen: Object.values(sentIn(call.body)).flat(), errors: [], again: true }) });
};
