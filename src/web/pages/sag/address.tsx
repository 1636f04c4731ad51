import type { Action } from '../../../app/actions.js';
import { ADDRESS_REASONS } from '../../../app/protected-address.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { readsScope } from '../../../domain/access/scopes.js';
import { isFullMember, membershipsOf } from '../../../domain/exit-case/circle.js';
import { addressLeaveOf, isAddressProtected, type ProtectionStep, protectionSteps } from '../../../domain/exit-case/protected-address.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { paths } from '../../paths.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton, SubmitButton, Tools } from '../../ui/buttons.js';
import { Form, Radios } from '../../ui/form.js';
import { Section } from '../../ui/layout.js';
import { tokenFor } from '../signed-in-page.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, nameOf } from './case-page.js';

/** What came of asking for the address: the address itself, on this one answer, or that no reason was chosen. */
export type AddressShown = { readonly address: string } | { readonly missing: true };

/** What each step is called, on the button to its form and on the form. */
export const STEP_ACTS: Readonly<Record<ProtectionStep, string>> = {
  notice: 'Notér besked til kommunen', receipt: 'Kvittér for adressebeskyttelsen', move: 'Notér en flytning', end: 'Notér, at beskyttelsen er hørt op',
};

/** The protection and its steps, for the full members; who may read an address that is held sees the form that asks why (FM-SEC-4). */
export const AddressSection = ({ on, actions, shown }: { readonly on: CaseCall; readonly actions: readonly Action[]; readonly shown?: AddressShown | undefined }) => {
  const { opened } = on;
  const { state, actor } = opened;
  const { protection, heldOn } = state.address;
  const full = isFullMember(state, actor.user);
  const reads = heldOn !== undefined && readsScope(state, actor.user, { kind: 'address', subject: '', generation: 1 });
  if (!full && !reads) return null;
  const may = actions.some(({ name, possible }) => name === 'address.protect' && possible);
  return (
    <Section id="adresse" title="Beskyttet adresse">
      {full && <Steps protection={protection} />}
      {full && may && (
        <div class="tools no-print">
          {protectionSteps(state, actor.user).map((step) => (
            <LinkButton key={step} href={paths.act(opened.id, 'address.protect', { step })}>{STEP_ACTS[step]}</LinkButton>
          ))}
        </div>
      )}
      {reads && <Reading on={on} shown={shown} />}
      {membershipsOf(state, actor.user).some((one) => one.role === 'police') && <Leaves on={on} actions={actions} />}
    </Section>
  );
};

interface Protection {
  readonly noticedOn: PlainDate;
  readonly childrenAlong: boolean;
  readonly receivedOn?: PlainDate;
  readonly movedOn?: PlainDate;
  readonly endedOn?: PlainDate;
}
const Steps = ({ protection }: { readonly protection: Protection | undefined }) => {
  if (protection === undefined) return <p>Adressen er ikke beskyttet.</p>;
  const { noticedOn, receivedOn, movedOn, endedOn, childrenAlong } = protection;
  const steps = [
    `Politiet gav kommunen besked ${formatDate(noticedOn)}.`,
    receivedOn === undefined ? 'Kommunen har ikke kvitteret endnu.' : `Kommunen kvitterede ${formatDate(receivedOn)}.`,
    ...(movedOn === undefined ? [] : [`Flyttet med ${formatDate(movedOn)}.`]),
    ...(childrenAlong ? ['Børn, der er med, er omfattet.'] : []),
  ];
  return endedOn === undefined
    ? (
        <>
          <p>{receivedOn === undefined ? <Badge kind="waiting">Kommunen har ikke kvitteret</Badge> : <Badge kind="guard">Adressebeskyttet</Badge>}</p>
          <p>{steps.join(' ')}</p>
          <p class="muted">{`${receivedOn === undefined ? 'Når kommunen har kvitteret, står personen uden fast bopæl i CPR-registret' : 'I CPR-registret står personen uden fast bopæl'}. Det er beskyttelsen: personen er ikke hjemløs og skal aldrig omtales eller tælles sådan.`}</p>
        </>
      )
    : <p>{`Beskyttelsen hørte op ${formatDate(endedOn)}.`}</p>;
};

const Reading = ({ on, shown }: { readonly on: CaseCall; readonly shown: AddressShown | undefined }) => {
  const { opened, call } = on;
  const leave = addressLeaveOf(opened.state, opened.actor.user);
  return (
    <>
      <h3 class="mt-4">Læs adressen</h3>
      {leave !== undefined && <p>{`Politiet har givet dig lov til og med ${formatDate(leave.until)}.`}</p>}
      {opened.state.address.outdatedOn !== undefined && <p><Badge kind="soon">Skrevet før den seneste flytning</Badge></p>}
      {shown !== undefined && 'address' in shown
        ? <div class="no-print"><p class="typed address-read" tabIndex={-1} autofocus>{shown.address}</p><p class="muted">Vises kun på denne side. Skriv den ikke af.</p></div>
        : (
            <Form action={paths.address(opened.id)} csrf={tokenFor(call)} class="no-print">
              <Radios name="reason" label="Hvorfor skal du læse adressen?" hint="Grunden og tidspunktet står i loggen." required options={ADDRESS_REASONS}
                {...(shown === undefined ? {} : { error: 'Vælg, hvorfor du skal læse adressen' })} />
              <Tools><SubmitButton kind="secondary">Vis adressen</SubmitButton></Tools>
            </Form>
          )}
    </>
  );
};

/** What police alone knows of: whether the address is held, why, and who may read it. */
const Leaves = ({ on, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const { opened, call } = on;
  const { state } = opened;
  const today = copenhagenDate(call.now);
  const held = eventsOf(opened, 'AddressHeld').at(-1);
  return (
    <>
      {isAddressProtected(state) && held === undefined && <p>Adressen står ikke i Udvej. Det er det sikreste.</p>}
      {held !== undefined && <p>{`Adressen blev skrevet ${formatDate(held.event.on)}.`}</p>}
      {held !== undefined && <Typed label="Hvorfor den står her" text={textOf(opened, held.version, 'why')} />}
      {state.address.leaves.map((leave) => (
        <article class="entry" key={leave.user}>
          <p><strong>{nameOf(on, leave.user)}</strong>{leave.until < today ? ` måtte læse adressen til og med ${formatDate(leave.until)}.` : ` må læse adressen til og med ${formatDate(leave.until)}.`}</p>
          {leave.until >= today && <ActLinks caseId={opened.id} actions={actions} names={['address.withdraw']} choice={{ user: leave.user }} />}
        </article>
      ))}
      <ActLinks caseId={opened.id} actions={actions} names={['address.allow', 'address.hold']} />
    </>
  );
};
