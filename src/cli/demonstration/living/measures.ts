import type { PlannedMeasure } from '../agreement-chapters.js';
import { worker } from './people.js';

const JOBCENTRE = { authority: 'municipality:0183:jobcentre', hand: worker('jobcenter.ishoj'), owned: true } as const;

/** What Ishøj can offer. */
export const ISHOJ = {
  placement: {
    ...JOBCENTRE,
    type: 'virksomhedspraktik',
    text: '13 uger hos en murermester. Mesteren ved, at kandidaten kommer gennem kommunen, og ikke mere.',
  },
  mentor: { ...JOBCENTRE, type: 'mentor', text: 'Mentor otte timer om måneden, også uden for kontortid.' },
  wages: { ...JOBCENTRE, type: 'loentilskud', text: 'Job med løntilskud på et lager med faste dagvagter.' },
  drugs: {
    type: 'stofmisbrug',
    authority: 'municipality:0183:treatment',
    hand: worker('misbrug.ishoj'),
    owned: true,
    text: 'Ambulant behandling med samtaler to gange om ugen.',
    grant: { planAligned: true, coherence: 'Lægen i misbrugscenteret' },
  },
  housing: {
    type: 'boliganvisning',
    authority: 'municipality:0183:housing',
    hand: worker('bolig.ishoj'),
    owned: true,
    text: 'Et- eller toværelses bolig i den anden ende af kommunen.',
    grant: { pressingNeed: true, meetsCriteria: true, dwelling: '0183' },
  },
  debt: {
    type: 'afdragsordning',
    authority: 'gaeldsstyrelsen',
    hand: worker('ishoj.koordinator'),
    outside: 'Sagsbehandler i Gældsstyrelsen',
    text: 'Ordning for gæld til det offentlige, 600 kr. om måneden.',
  },
  alarm: {
    type: 'overfaldsalarm',
    authority: 'police:koebenhavns-vestegn',
    hand: worker('politi.vestegnen'),
    text: 'Alarm til hjemmet i den første tid.',
  },
} as const satisfies Readonly<Record<string, PlannedMeasure>>;

const ODENSE_JOBCENTRE = { authority: 'municipality:0461:jobcentre', hand: worker('jobcenter.odense'), owned: true } as const;

/** What Odense can offer. */
export const ODENSE = {
  placement: { ...ODENSE_JOBCENTRE, type: 'virksomhedspraktik', text: 'Praktik på et bilværksted, fire dage om ugen.' },
  mentor: { ...ODENSE_JOBCENTRE, type: 'mentor', text: 'Mentor på arbejdspladsen i et halvt år.' },
  support: {
    type: 'social-stoette',
    authority: 'municipality:0461',
    hand: worker('odense.koordinator'),
    text: 'Støttekontaktperson to gange om ugen.',
  },
  network: {
    type: 'netvaerk',
    authority: 'municipality:0461',
    hand: worker('odense.koordinator'),
    text: 'Følgeskab til en idrætsforening i den anden ende af byen.',
  },
  supervision: {
    type: 'tilsyn',
    authority: 'probation:fyn',
    hand: worker('kif.fyn'),
    text: 'Tilsyn hver fjortende dag, som i forvejen er et vilkår.',
  },
} as const satisfies Readonly<Record<string, PlannedMeasure>>;

/** What is done in prison. */
export const INSIDE = {
  plan: {
    type: 'forloeb-under-afsoning',
    authority: 'dfk',
    hand: worker('dfk.exit'),
    text: 'Undervisning hver dag og kognitivt program, som det står i handlingsplanen.',
  },
} as const satisfies Readonly<Record<string, PlannedMeasure>>;
