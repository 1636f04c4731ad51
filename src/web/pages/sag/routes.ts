import { sentOf } from '../../../app/notifications.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import type { CasePage, ScopeKind } from '../../../domain/kernel/command.js';
import { paths } from '../../paths.js';
import type { Answer, Route } from '../../route.js';
import { doAct, showAct } from './act.js';
import { makeExtract } from './extract.js';
import { ATTACH } from './attachment-field.js';
import { agreement } from './aftale.js';
import { attachmentFile } from './bilag.js';
import { type CaseCall, pagesFor } from './case-page.js';
import { askArchive } from './bundles.js';
import { journal } from './journal.js';
import { carryOutForm, documentFile, documentsPage, ON_DOCUMENTS } from './dokumenter.js';
import { circle } from './kreds.js';
import { caseNames } from './names.js';
import { answerImpartial, askedFirst, withCase } from './open.js';
import { followUps } from './opfoelgning.js';
import { overview } from './overblik.js';
import { consent } from './samtykke.js';
import { protectedAddress } from './read-address.js';
import { security, SECURITY_KINDS } from './sikkerhed.js';
import { LINE_ENTRIES, timeline } from './tidslinje.js';
import { measures } from './tiltag.js';
import { visitation } from './visitation.js';
import { answerWeekQuestion } from './week-question.js';

/** Each page of the case with the scopes it shows, and no others: a page asks for no key it does not need. */
const PAGES: readonly {
  readonly page: Exclude<CasePage, 'overblik'>;
  readonly kinds: readonly ScopeKind[];
  readonly draw: (on: CaseCall) => Answer | Promise<Answer>;
  /** How many of the journal's latest entries, where it is not the usual number. */
  readonly entries?: number;
  /** Every file of the case, however long the journal is. */
  readonly files?: true;
}[] = [
  { page: 'visitation', kinds: ['card', 'general', 'sealed', 'bundle'], draw: visitation },
  { page: 'samtykke', kinds: ['card', 'general', 'health', 'economy'], draw: consent },
  { page: 'aftale', kinds: ['card', 'general', 'measure'], draw: agreement },
  { page: 'tiltag', kinds: ['card', 'measure'], draw: measures },
  { page: 'opfoelgning', kinds: ['card', 'general', 'measure'], draw: followUps },
  { page: 'sikkerhed', kinds: SECURITY_KINDS, draw: (on) => security(on) },
  { page: 'dokumenter', kinds: ON_DOCUMENTS, draw: (on) => documentsPage(on), files: true },
  { page: 'kreds', kinds: ['card'], draw: (on) => circle(on) },
  { page: 'journal', kinds: ['card', 'general', 'health', 'economy', 'police', 'probation'], draw: journal },
  { page: 'tidslinje', kinds: ['card'], draw: async (on) => timeline(on, await sentOf(on.call.house, on.call.visitor.token, on.opened)), entries: LINE_ENTRIES },
];

export const casePages = (directory: StaffDirectory): readonly Route[] => [
  { method: 'GET', path: '/sager/:id', permission: 'circle', purpose: 'overview', audit: 'case.opened', rate: 'read', handle: withCase(directory, 'overview', ['card', 'bundle'], (on) => overview(on)) },
  ...PAGES.map(({ page, kinds, draw, entries, files }): Route => ({
    method: 'GET', path: `/sager/:id/${page}`, permission: 'circle', purpose: page, audit: 'case.opened', rate: 'read', handle: withCase(directory, page, kinds, (on) => (pagesFor(on.opened).includes(page) ? draw(on) : { kind: 'redirect', to: paths.case(on.opened.id) }), entries, files),
  })),
  { method: 'GET', path: '/sager/:id/dokumenter/:key', permission: 'circle', purpose: 'document', audit: 'case.opened', rate: 'read', handle: documentFile(directory) },
  { method: 'GET', path: '/sager/:id/bilag/:attachment', permission: 'circle', purpose: 'attachment', audit: 'case.opened', rate: 'read', files: 'given', handle: askedFirst(directory, 'attachment', attachmentFile) },
  { method: 'POST', path: '/sager/:id/navne', permission: 'circle', purpose: 'names', audit: 'case.named', rate: 'read', stepUp: 'contact-point', handle: caseNames(directory) },
  { method: 'POST', path: '/sager/:id/habil', permission: 'circle', purpose: 'conflict', audit: 'conflict.none', rate: 'write', handle: answerImpartial },
  { method: 'POST', path: '/sager/:id/ugens-opslag', permission: 'circle', purpose: 'week', audit: 'log.answered', rate: 'write', handle: askedFirst(directory, 'kreds', answerWeekQuestion) },
  { method: 'POST', path: '/sager/:id/udtraek', permission: 'circle', purpose: 'extract', audit: 'log.extracted', rate: 'read', stepUp: 'everybody', handle: makeExtract(directory) },
  { method: 'POST', path: '/sager/:id/adresse', permission: 'circle', purpose: 'address', audit: 'address.read', rate: 'read', stepUp: 'everybody', handle: askedFirst(directory, 'sikkerhed', protectedAddress(directory)) },
  { method: 'POST', path: '/sager/:id/indsigt', permission: 'circle', purpose: 'insight', audit: 'case.exported', rate: 'write', stepUp: 'everybody', handle: carryOutForm(directory, 'insight') },
  { method: 'POST', path: '/sager/:id/arkiv', permission: 'circle', purpose: 'archive', audit: 'case.exported', rate: 'write', stepUp: 'everybody', handle: carryOutForm(directory, 'archive') },
  { method: 'POST', path: '/sager/:id/arkiv/godkendelse', permission: 'circle', purpose: 'archive', audit: 'approval.asked', rate: 'write', stepUp: 'everybody', handle: askedFirst(directory, 'dokumenter', askArchive) },
  { method: 'GET', path: '/sager/:id/goer/:command', permission: 'circle', purpose: 'actions', audit: 'case.opened', rate: 'read', handle: showAct(directory) },
  { method: 'POST', path: '/sager/:id/goer/:command', permission: 'circle', purpose: 'command', audit: 'case.command', rate: 'write', handle: doAct(directory) },
  { method: 'POST', path: `/sager/:id/goer/${ATTACH}`, permission: 'circle', purpose: 'command', audit: 'case.command', rate: 'write', files: 'taken', handle: doAct(directory) },
];
