import { refusedBy } from '../../../app/house.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { isId } from '../../../domain/kernel/ids.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { noteDenied } from '../../../store/lists.js';
import { putRoster, unitPage } from '../../../store/people.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, SubmitButton } from '../../ui/buttons.js';
import { Form, Hidden, Radios, SubmitLine } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { type Place, placesOf } from './places.js';

const NO_UNIT = 'unit';

/** One authority of the unit's list: who is to be proposed, or nobody (FM-WORK-7). */
async function form(call: SignedInCall, directory: StaffDirectory, key: string, fault?: string): Promise<Answer> {
  const { house, visitor } = call;
  const page = await unitPage(house.web, visitor.token);
  const found = page && placeOf(call, page.unit, key);
  if (page === undefined || found === undefined) return absent(call);
  const fit = (await directory.all(visitor.token)).filter(found.fits);
  const user = page.roster.find((row) => row.seat === found.seat && row.municipality === found.municipality)?.user;
  const now = user === undefined ? undefined : (await directory.named(visitor.token, [user])).get(user)?.name;
  return signedInPage(call, { title: `${fault === undefined ? '' : 'Fejl: '}Enhedens liste`, place: 'Enheden', within: true, ...(fault === undefined ? {} : { status: 422 }) }, (
    <>
      <PageHead title={found.label}><p class="muted">Hvem skal foreslås, når du tager en henvendelse?</p></PageHead>
      {fit.length === 0
        ? <p>Ingen fra den myndighed har logget ind i Udvej endnu. Bed kollegaen om at logge ind én gang.</p>
        : (
          <Form action={paths.usual()} csrf={tokenFor(call)}>
            <Hidden name="hvem" value={found.key} />
            <Radios name="user" label="Person" required options={fit.map((one) => ({ value: one.id, label: one.name }))} {...(user === undefined ? {} : { value: user })} {...(fault === undefined ? {} : { error: fault })} />
            <SubmitLine><SubmitButton>Gem på listen</SubmitButton></SubmitLine>
          </Form>
        )}
      {now !== undefined && (
        <Section id="fjern" title="Fjern fra listen">
          <p>{`${now} foreslås så ikke længere. De sager, kollegaen er med i, ændres ikke.`}</p>
          <ActButton action={paths.usual()} csrf={tokenFor(call)} values={{ hvem: found.key, remove: 'ja' }}>{`Ja, fjern ${now}`}</ActButton>
        </Section>
      )}
      <p><a href={paths.unit()}>Tilbage til Enheden</a></p>
    </>
  ));
}

const placeOf = (call: SignedInCall, unit: string, key: string): Place | undefined => placesOf(unit, copenhagenDate(call.now)).find((one) => one.key === key);

/** No line of this unit's list: refused as what is not there. */
const absent = async (call: SignedInCall): Promise<Answer> => {
  await noteDenied(call.house.web, call.visitor.token, undefined, NO_UNIT);
  return { kind: 'absent' };
};

export const usual = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  try {
    return await form(call, directory, call.query['hvem'] ?? '');
  } catch (error) {
    return refusedBy(error);
  }
};

const SEATS_BY_KEY: Readonly<Record<string, Place['seat']>> = { police: 'police', probation: 'probation', custody: 'custody' };

/** The database asks for unit, authority and work; a municipality that is not the unit's is no line of its list. */
export const sendUsual = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const { house, visitor } = call;
  const body = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const { user, hvem } = body;
  const key = typeof hvem === 'string' ? hvem : '';
  const removed = body['remove'] !== undefined;
  try {
    const unit = visitor.functions.includes('custody_exit') ? 'dfk' : visitor.authority.replace(/^police:/, '');
    if (placeOf(call, unit, key) === undefined) return await absent(call);
    if (!removed && (typeof user !== 'string' || !isId(user))) return await form(call, directory, key, 'Vælg en person, eller fjern den, der står der.');
    const seat = SEATS_BY_KEY[key] ?? 'municipal';
    const put = await putRoster(house.web, visitor.token, seat, seat === 'municipal' ? key : '', removed || typeof user !== 'string' ? undefined : user);
    return put ? { kind: 'redirect', to: paths.unit(), said: 'roster' } : await form(call, directory, key, 'Vælg en person fra listen.');
  } catch (error) {
    return refusedBy(error);
  }
};
