import { refusedBy } from '../../../app/house.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { alarmToClose, type AlarmToClose } from '../../../store/access-log.js';
import { type Approval, listApprovals, type Vote, vote } from '../../../store/approvals.js';
import { answersForDeletions } from '../../../store/deletions.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton, SubmitButton, Tools } from '../../ui/buttons.js';
import { Hidden } from '../../ui/form.js';
import { PageHead } from '../../ui/layout.js';
import { AlarmRefusals } from '../adgang/alarm-refusals.js';
import { alarmCount, alarmLook } from '../adgang/words.js';
import { saidOf } from '../said.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { APPROVALS } from './words.js';

const find = async ({ house, visitor, params }: SignedInCall): Promise<Approval | undefined> =>
  (await listApprovals(house.web, visitor.token)).find((one) => one.id === params['id'] && !one.mine);

const absent = async ({ house, visitor }: SignedInCall): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, undefined, 'approve');
  return { kind: 'absent' };
};

/** An old link to a question about a deletion that is done. */
const becameReceipt = async ({ house, visitor, params: { id = '' } }: SignedInCall): Promise<boolean> => isId(id) && answersForDeletions(house.web, visitor.token, id);

/** What a colleague asks, and two answers to it (control 17). */
export async function approvalPage(call: SignedInCall): Promise<Answer> {
  try {
    const row = await find(call);
    if (!row) return (await becameReceipt(call)) ? { kind: 'redirect', to: paths.receipt(call.params['id'] ?? '') } : await absent(call);
    // What an auditor wrote of the alarm; anything else that is asked about is structure only.
    const alarm = row.kind === 'close-alarm' ? await alarmToClose(call.house.web, call.visitor.token, row.id) : undefined;
    const { title, act, yes, before, forGood, equal } = APPROVALS[row.kind];
    return signedInPage(call, { title: 'Godkendelse', place: 'Mit arbejde', within: true }, (
      <>
        <PageHead title={title}>
          <p class="muted">{[row.line, row.asked_by === '' ? undefined : `spurgt af ${row.asked_by} ${formatInstant(row.asked_at)}`].filter((part) => part !== undefined).join(' · ')}</p>
        </PageHead>
        {alarm !== undefined && <AboutAlarm alarm={alarm} by={row.asked_by} />}
        <p>{before}</p>
        <h2>Hvis du siger ja</h2>
        <p>{yes}</p>
        <p class="muted">{`${alarm === undefined ? 'Der skal svares senest' : 'Svar helst i dag. Spørgsmålet falder bort'} ${formatInstant(row.until)}. Dit svar står i loggen.`}</p>
        <form method="post" action={paths.approval(row.id)} data-guard>
          <Hidden name="_csrf" value={tokenFor(call)} />
          <Hidden name="slags" value={row.kind} />
          <Tools>
            {forGood !== undefined && <SubmitButton name="answer" value="no">{forGood}</SubmitButton>}
            <SubmitButton name="answer" value="yes" kind={forGood === undefined && equal === undefined ? 'primary' : 'secondary'}>{act}</SubmitButton>
            {forGood === undefined && <SubmitButton name="answer" value="no" kind="secondary">{equal ?? 'Nej'}</SubmitButton>}
            <LinkButton href={paths.home()}>Svar senere</LinkButton>
          </Tools>
        </form>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

/** What the alarm says and means, how many stand in it, and what was written of it, a refused time before among it: who answers cannot open the auditor's page. */
const AboutAlarm = ({ alarm, by }: { readonly alarm: AlarmToClose; readonly by: string }) => (
  <>
    <Alert kind="error" title={alarm.title}>
      <p class="alert-text"><strong>{alarmCount(alarm)}.</strong></p>
      <p class="alert-text">{alarmLook(alarm.kind)}</p>
    </Alert>
    <h2>{`${by} skriver`}</h2>
    <blockquote class="typed">{alarm.words}</blockquote>
    <AlarmRefusals refused={alarm.refused} />
  </>
);

/** What is said of the answer, in the words of what was asked where there are any. */
const saidKey = (became: Vote, kind: unknown): string => {
  const key = `approval.${became} ${typeof kind === 'string' ? kind : ''}`;
  return saidOf(key) === undefined ? `approval.${became}` : key;
};

export async function answerApproval(call: SignedInCall): Promise<Answer> {
  const { house, visitor, params } = call;
  const { answer, slags } = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  try {
    if (!isId(params['id'] ?? '') || (answer !== 'yes' && answer !== 'no')) return await absent(call);
    const became = await vote(house.web, visitor.token, params['id'] ?? '', answer === 'yes');
    return became === undefined ? { kind: 'absent' } : { kind: 'redirect', to: paths.home(), said: saidKey(became, slags) };
  } catch (error) {
    return refusedBy(error);
  }
}
