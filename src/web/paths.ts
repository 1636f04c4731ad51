import type { CasePage } from '../domain/kernel/command.js';

/** Every address a page links to, built here and nowhere else; only random ids stand in it, never a person's data. */
export const paths = {
  home: () => '/',
  cases: (page = 1, closed = false) => {
    const query = [...(closed ? ['vis=afsluttede'] : []), ...(page > 1 ? [`side=${page}`] : [])].join('&');
    return query === '' ? '/sager' : `/sager?${query}`;
  },
  case: (id: string, page: CasePage = 'overblik') => (page === 'overblik' ? `/sager/${id}` : `/sager/${id}/${page}`),
  act: (id: string, command: string, choice: Readonly<Record<string, string>> = {}) => {
    const query = Object.entries(choice).map(([field, value]) => `${encodeURIComponent(field)}=${encodeURIComponent(value)}`).join('&');
    return `/sager/${id}/goer/${command}${query === '' ? '' : `?${query}`}`;
  },
  impartial: (id: string) => `/sager/${id}/habil`,
  names: (id: string) => `/sager/${id}/navne`,
  address: (id: string) => `/sager/${id}/adresse`,
  document: (id: string, key: string) => `/sager/${id}/dokumenter/${key}`,
  attachment: (id: string, file: string) => `/sager/${id}/bilag/${file}`,
  take: (id: string) => `/indbakke/${id}`,
  convey: (id: string) => `/indbakke/${id}/videre`,
  endAsDouble: (id: string) => `/indbakke/${id}/dublet`,
  dispute: (id: string) => `/indbakke/${id}/kontaktpunkt`,
  nameUnit: (id: string) => `/uden-enhed/${id}`,
  questions: (choice: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams(choice).toString();
    return query === '' ? '/spoergsmaal' : `/spoergsmaal?${query}`;
  },
  question: (id: string) => `/spoergsmaal/${id}`,
  /** What the contact point was told; without a choice what waits. */
  notifications: ({ all = false, unit, kind, page = 1 }: { readonly all?: boolean; readonly unit?: string | undefined; readonly kind?: string | undefined; readonly page?: number } = {}) => {
    const query = new URLSearchParams([...(all ? [['vis', 'alle']] : []), ...(unit === undefined ? [] : [['enhed', unit]]), ...(kind === undefined ? [] : [['slags', kind]]), ...(page > 1 ? [['side', String(page)]] : [])]).toString();
    return query === '' ? '/underretninger' : `/underretninger?${query}`;
  },
  emergencyTold: (id: string) => `/noedopslag/${id}`,
  matches: () => '/sammenfald',
  matchTelling: (id: string) => `/sammenfald/${id}/besked`,
  match: (id: string) => `/sammenfald/${id}`,
  matchNames: (id: string) => `/sammenfald/${id}/navne`,
  approval: (id: string) => `/godkendelser/${id}`,
  deleted: (page = 1) => (page > 1 ? `/slettede-sager?side=${page}` : '/slettede-sager'),
  receipt: (id: string) => `/slettede-sager/${id}`,
  ownLogins: () => '/dine-logins',
  endOtherLogins: () => '/dine-logins/afslut',
  emergency: () => '/akut',
  emergencyAsked: (id: string) => `/akut/${id}`,
  emergencyCard: (caseId: string) => `/akut/${caseId}/kort`,
  unit: () => '/enhed',
  usual: (place?: string) => (place === undefined ? '/enhed/liste' : `/enhed/liste?hvem=${encodeURIComponent(place)}`),
  unitReview: () => '/enhed/gennemgang',
  takeOver: (id: string) => `/enhed/overtag/${id}`,
  newInquiry: () => '/ny-henvendelse',
  similarCases: () => '/ny-henvendelse/ligner',
  search: () => '/soeg',
  /** @param query codes alone: what the list is narrowed to, and its page */
  overview: (query: Readonly<Record<string, string>> = {}) => {
    const asked = new URLSearchParams(query).toString();
    return asked === '' ? '/overblik' : `/overblik?${asked}`;
  },
  guidance: () => '/vejledning',
  guidanceQuestion: (id: string) => `/vejledning/${id}`,
  guidanceWithdraw: (id: string) => `/vejledning/${id}/tilbage`,
  figures: () => '/tal',
  figureTimes: () => '/tal/tider',
  figureCompare: () => '/tal/sammenlign',
  figureQuality: () => '/tal/kvalitet',
  practiceQuestion: (id: string) => `/tal/kvalitet/${id}`,
  practiceWithdraw: (id: string) => `/tal/kvalitet/${id}/tilbage`,
  publish: () => '/tal/offentliggoer',
  withdrawPublished: () => '/tal/offentliggoer/tilbage',
  published: (id?: string) => (id === undefined ? '/tal/offentliggjort' : `/tal/offentliggjort/${id}`),
  publishedFile: (id: string, table: string) => `/tal/offentliggjort/${id}/fil?tabel=${table}`,
  reviewByNumber: () => '/spoergsmaal/proev-afslag',
  publishedSpreadsheet: (id: string) => `/tal/offentliggjort/${id}/fil?format=xlsx`,
  reRegistration: () => '/tal/registreret-igen',
  review: () => '/adgang',
  alarm: (id: string) => `/adgang/alarm/${id}`,
  finding: (id: string) => `/adgang/fund/${id}`,
  findPerson: () => '/adgang/kollega',
  personLog: (id: string) => `/adgang/person/${id}`,
  weekAnswer: (id: string) => `/sager/${id}/ugens-opslag`,
  insight: (id: string) => `/sager/${id}/indsigt`,
  archive: (id: string) => `/sager/${id}/arkiv`,
  askArchive: (id: string) => `/sager/${id}/arkiv/godkendelse`,
  extract: (id: string) => `/sager/${id}/udtraek`,
  logout: () => '/log-ud',
  login: () => '/login',
} as const;
