import { refusedBy } from '../../../app/house.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { type Alarm, alarmInFull, askToCloseAlarm } from '../../../store/access-log.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { LinkButton, SubmitButton, Tools } from '../../ui/buttons.js';
import { DueBy } from '../../ui/due.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Form, SubmitLine, TextArea } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { AlarmRefusals } from './alarm-refusals.js';
import { alarmCount, alarmLook, alarmState, typedText, wordsFault } from './words.js';

interface Typed {
  readonly words: string;
  readonly error?: string;
  readonly again?: boolean;
}

const typedIn = ({ body }: SignedInCall): Typed => {
  const words = typedText(body, 'ord');
  const error = wordsFault(words, 'Skriv, hvad der var grunden');
  return error === undefined ? { words } : { words, error };
};

const idOf = ({ params }: SignedInCall): string | undefined => (isId(params['id'] ?? '') ? params['id'] : undefined);

/** No such alarm: refused as any id that is nothing, with its row in the log. */
const absent = async ({ house, visitor }: SignedInCall): Promise<Answer> => {
  await noteDenied(house.web, visitor.token, undefined, 'alarm');
  return { kind: 'absent' };
};

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  try {
    const id = idOf(call);
    const alarm = id === undefined ? undefined : await alarmInFull(call.house.web, call.visitor.token, id);
    if (!alarm) return await absent(call);
    const failed = typed.error !== undefined;
    return signedInPage(call, { title: failed || typed.again === true ? 'Fejl: Adgang' : 'Adgang', place: 'Adgang', within: true, ...(typed.again === true ? { status: 403 } : failed ? { status: 422 } : {}) }, (
      <>
        <PageHead title={alarm.title}>
          <DueBy words={alarmCount(alarm)} />
        </PageHead>
        <p>{alarmLook(alarm.kind)}</p>
        <Section id="lukning" title={alarmState(alarm)}>
          {typed.again === true && <SignedOutMeanwhile />}
          <Asked alarm={alarm} />
          <AlarmRefusals refused={alarm.refused.filter(({ approval }) => approval !== alarm.asked?.approval)} />
          {isToBeAsked(alarm) && <CloseForm call={call} alarm={alarm} typed={typed} />}
        </Section>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};

/** Nobody has asked, or a colleague said no; and it is not about the reader. */
const isToBeAsked = ({ asked, aboutMe }: Alarm): boolean => !aboutMe && (asked === null || asked.given === false);

const Asked = ({ alarm: { asked, aboutMe } }: { readonly alarm: Alarm }) => asked === null ? null : (
  <>
    <p>{`${asked.by} skrev ${formatInstant(asked.at)}:`}</p>
    <blockquote class="typed">{asked.words}</blockquote>
    {asked.answeredBy !== null && asked.answeredAt !== null && <p>{`${asked.answeredBy} sagde ${asked.given === true ? 'ja' : 'nej'} ${formatInstant(asked.answeredAt)}.`}</p>}
    {asked.given === null && !asked.mine && !aboutMe && <Tools><LinkButton href={paths.approval(asked.approval)} kind="primary">Se og svar</LinkButton></Tools>}
  </>
);

const CloseForm = ({ call, alarm, typed }: { readonly call: SignedInCall; readonly alarm: Alarm; readonly typed: Typed }) => (
  <Form action={paths.alarm(alarm.id)} csrf={tokenFor(call)} class="act-form no-print">
    <ErrorSummary errors={typed.error === undefined ? [] : [{ name: 'ord', message: typed.error }]} />
    <TextArea name="ord" label="Hvad var grunden, og hvad er der gjort ved den?" required hint="Kollegaen læser det, før der svares. Skriv ikke navnet på en kandidat." value={typed.words} {...(typed.error === undefined ? {} : { error: typed.error })} />
    <SubmitLine text="En kollega, der også fører tilsyn med loggen eller passer systemet, skal sige ja. Alarmen bliver stående i loggen.">
      <SubmitButton>Bed en kollega om at lukke alarmen</SubmitButton>
    </SubmitLine>
  </Form>
);

/** One alarm of the log: what it says, and how it is closed by two (control 17). */
export const alarmPage = (call: SignedInCall): Promise<Answer> => draw(call, { words: '' });

/** Asks a colleague that the alarm be closed. */
export const askToClosePage: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = typedIn(call);
    if (typed.error !== undefined) return draw(call, typed);
    try {
      const id = idOf(call);
      if (id === undefined || !(await askToCloseAlarm(call.house.web, call.visitor.token, id, typed.words))) return await absent(call);
      return { kind: 'redirect', to: paths.review(), said: 'alarm.asked' };
    } catch (error) {
      return refusedBy(error);
    }
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { words: typedIn(call).words, again: true }) },
);
