import { missingParties } from '../../src/domain/exit-case/accession.js';
import { agreementInForce, openVersion } from '../../src/domain/exit-case/agreement.js';
import { currentMembers, seatsOf, seatsToSpeak } from '../../src/domain/exit-case/circle.js';
import { isEnded, measureOf, measureOwnerMay } from '../../src/domain/exit-case/measure.js';
import { addDays } from '../../src/domain/kernel/time.js';
import { consentTextOn } from '../../src/domain/reference/consent-texts.js';
import { basisBeforeConsent, SENSITIVE_KINDS, SHARING_KINDS } from '../../src/domain/reference/legal-bases.js';
import { cast } from './cast.js';
import { authoritiesOf, mine, type Table } from './filling.js';
import type { Sense } from './sense-beginning.js';

const ORDINARY = SHARING_KINDS.filter((kind) => !(SENSITIVE_KINDS as readonly string[]).includes(kind));

const consent: Sense = (table) => {
  const {
    play: { state, today },
    dice,
    words,
  } = table;
  const share = dice.percent(90) ? 100 : 70;
  const parts = ['jobcentre', 'treatment', 'housing'].map(
    (part) => `municipality:${state.inquiry.municipality ?? '0183'}:${part}`,
  );
  return {
    kinds: dice.some(ORDINARY, share),
    sensitiveKinds: dice.some(SENSITIVE_KINDS, share),
    authorities: dice.some([...authoritiesOf(table), ...parts, 'external'], share),
    textVersion: consentTextOn(today).version,
    evidence: { signedOn: today, keptAt: words(500) },
    expiresOn: dice.percent(15) ? addDays(today, dice.between(10, 300)) : undefined,
  };
};

const withdrawal: Sense = ({ play: { state }, dice }) => {
  const kinds = dice.percent(50) ? undefined : [dice.any(state.consent.kinds) ?? 'personal'];
  const authorities = dice.percent(60) ? undefined : [dice.any(state.consent.authorities) ?? 'kl'];
  return { extent: kinds === undefined && authorities === undefined ? 'all' : 'part', kinds, authorities };
};

const disclosure: Sense = (table) => {
  const {
    play: { state },
    dice,
  } = table;
  const covered = dice.any(state.consent.coverage);
  const kind = dice.any(covered?.kinds ?? SHARING_KINDS) ?? 'personal';
  return {
    kind,
    to: covered?.authority ?? 'kl',
    basis: state.consent.status === 'none' ? basisBeforeConsent(kind) : 'consent',
    notForInvestigating: false,
  };
};

const terms: Sense = (table) => {
  const {
    play: { state, today },
    dice,
    words,
  } = table;
  const version = openVersion(state);
  const granted = state.measures.measures.filter(
    (one) => ['granted', 'started', 'completed'].includes(one.status) || (!isEnded(one) && dice.percent(10)),
  );
  const measures = granted.map(
    (one) =>
      version?.measures.find((each) => each.measure === one.id && dice.percent(60)) ?? {
        measure: one.id,
        startBy: addDays(today, dice.between(7, 60)),
      },
  );
  const kept = dice.some(
    version?.requirements.filter((one) => one.measure === undefined || measures.some(({ measure }) => measure === one.measure)) ??
      [],
    70,
  );
  const validFrom = addDays(today, -dice.between(0, 5));
  return {
    goal: version?.goalOf === undefined || dice.percent(40) ? words() : undefined,
    measures,
    validFrom,
    validTo: addDays(today, dice.between(61, 500)),
    firstFollowUp: addDays(today, dice.between(5, 40)),
    requirements: [
      ...kept.map((one) => ({ requirement: one.id })),
      { text: words(), requirement: undefined },
      ...(measures[0] === undefined || dice.percent(40) ? [] : [{ text: words(), measure: dice.one(measures).measure }]),
    ],
  };
};

/** The parties that wait for somebody and that the acting person can speak for. */
const parties = ({ play: { state }, who }: Table): readonly string[] => {
  const version = openVersion(state);
  if (version === undefined) return [];
  const actor = cast[who];
  const inUnit = seatsOf(state, actor.user).length > 0;
  return missingParties(state, version)
    .filter(({ party, measures }) =>
      party === 'candidate'
        ? inUnit || state.agreement.contactPerson === actor.user
        : party === 'unit'
          ? inUnit
          : measures.some((id) => {
              const measure = measureOf(state, id);
              return measure !== undefined && measureOwnerMay(state, actor, measure);
            }),
    )
    .map((one) => one.party);
};

const accession: Sense = (table) => {
  const {
    play: { state, today },
    dice,
    words,
  } = table;
  const version = openVersion(state);
  const party = dice.any(parties(table));
  if (version === undefined || party === undefined) return {};
  const items = [...version.measures.map((one) => one.measure), ...version.requirements.map((one) => one.id)];
  return {
    party,
    evidence: { by: words(200), signedOn: today, keptAt: words(500) },
    words:
      party === 'candidate'
        ? items.map((item) => ({
            item,
            word: dice.one(['agrees', 'agrees', 'disagrees']),
            note: dice.percent(30) ? words() : undefined,
          }))
        : undefined,
  };
};

/** Consent, agreement and security. */
export const senseOfAgreement: Readonly<Record<string, Sense>> = {
  'consent.give': consent,
  'consent.withdraw': withdrawal,
  'disclosure.record': disclosure,
  'agreement.assignDrafter': ({ play: { state }, dice }) => ({ seat: dice.one(seatsToSpeak(state)) }),
  'agreement.contribute': ({ dice, words }) =>
    dice.percent(40) ? { nothing: true, chosen: undefined } : { nothing: false, considered: words(), chosen: words() },
  'agreement.setTerms': terms,
  'agreement.accede': accession,
  'agreement.reportStatus': ({ play: { state }, dice, words }) => ({
    elements: agreementInForce(state)?.measures.map(({ measure }) => ({
      measure,
      status: dice.one(['as-agreed', 'deviates']),
      note: dice.percent(50) ? words() : undefined,
    })),
  }),
  'agreement.recordCoordination': ({ play: { state, today }, dice }) => {
    const askedOn = addDays(today, -dice.between(0, 30));
    return {
      unit: state.inquiry.unit === 'fyn' ? 'koebenhavns-vestegn' : 'fyn',
      askedOn,
      answer: askedOn <= addDays(today, -14) ? dice.one(['yes', 'no', 'silent']) : dice.one(['yes', 'no']),
    };
  },
  'contactPerson.allowException': ({ play: { state }, dice }) => {
    const supervision = dice.percent(40);
    return {
      supervision,
      authority: supervision
        ? dice.one(['dfk', state.inquiry.unit === 'fyn' ? 'probation:fyn' : 'probation:koebenhavns-vestegn'])
        : dice.one(['kl', 'municipality:0183:jobcentre']),
    };
  },
  'contactPerson.endException': (table) => ({
    authority:
      table.dice.any(
        table.play.state.agreement.exceptions
          .filter((one) => !one.supervision || mine(table).some((each) => each.role === 'probation' || each.role === 'custody'))
          .map((one) => one.authority),
      ) ?? 'kl',
  }),
  'security.assess': ({ play: { state }, dice, words }) => ({
    occasion: state.security.assessedOn === undefined ? 'before-agreement' : dice.one(['before-agreement', 'change']),
    precautions: [...new Set(dice.some(currentMembers(state), 35).map((one) => one.user))].map((worker) => ({
      worker,
      text: words(),
    })),
  }),
  'security.confirmPrecaution': ({ play: { state }, who, dice }) => ({
    precaution: dice.any(state.security.precautions.filter((one) => one.worker === cast[who].user).map((one) => one.id)),
  }),
};
