import type { StaffDirectory } from '../app/staff-directory.js';
import { touchSession } from '../store/lists.js';
import type { FiguresFilled } from './figures-filled.js';
import { apiDescription } from './api/openapi.js';
import { attachmentApi } from './api/attachments.js';
import { caseApi } from './api/cases.js';
import { guidanceApi } from './api/guidance.js';
import { practiceApi } from './api/practice-questions.js';
import { healthApi } from './api/health.js';
import { reRegistrationApi } from './api/re-registration.js';
import { reviewByNumberApi } from './api/review-by-number.js';
import { matchApi } from './api/matches.js';
import { overviewApi } from './api/overview.js';
import { notificationApi } from './api/notifications.js';
import { questionApi } from './api/questions.js';
import { publishedApi } from './api/published.js';
import { publishingApi } from './api/publishing.js';
import { statisticsApi } from './api/statistics.js';
import { unitNamingApi } from './api/unit-naming.js';
import { reviewPages } from './pages/adgang/routes.js';
import { review, unit } from './pages/enhed/page.js';
import { sendTakeOver, takeOver } from './pages/enhed/take-over.js';
import { sendUsual, usual } from './pages/enhed/usual.js';
import { sendInboxForm, showInboxForm } from './pages/indbakke/page.js';
import { myWork } from './pages/mit-arbejde/page.js';
import { emergencyCardPage } from './pages/akut/card.js';
import { emergencyPage, sendAsked, sendEmergency } from './pages/akut/page.js';
import { answerApproval, approvalPage } from './pages/godkendelser/page.js';
import { newInquiry, searchSimilar, sendInquiry } from './pages/ny-henvendelse/page.js';
import { casePages } from './pages/sag/routes.js';
import { endOthers, ownLoginsPage } from './pages/dine-logins/page.js';
import { emergencyToldPage, sendSeen } from './pages/noedopslag/page.js';
import { matchNames, matchPage, settleMatch } from './pages/sammenfald/page.js';
import { acknowledgeThem, inbox } from './pages/underretninger/page.js';
import { matchQueue } from './pages/sammenfald/queue.js';
import { sendTelling } from './pages/sammenfald/telling.js';
import { myCases } from './pages/sager/page.js';
import { deletedPage, receiptPage } from './pages/slettede-sager/page.js';
import { emptySearch, search } from './pages/soeg/page.js';
import { overviewNames, overviewPage } from './pages/overblik/page.js';
import { plainPages } from './pages/plain/pages.js';
import { compare } from './pages/tal/compare-page.js';
import { figures } from './pages/tal/page.js';
import { publishedPage, sendPublished } from './pages/tal/published-page.js';
import { publishPage, sendPublish, sendWithdraw } from './pages/tal/publish-page.js';
import { practiceQuestionPage, sendPracticeAnswer, sendPracticeWithdrawal } from './pages/tal/practice-question-page.js';
import { quality, sendPracticeQuestion } from './pages/tal/quality-page.js';
import { reRegistrationPage, sendReRegistration } from './pages/tal/re-registration-page.js';
import { times } from './pages/tal/times-page.js';
import { sendUnitNaming, unitNamingPage } from './pages/uden-enhed/page.js';
import { questionPage, takeQuestion } from './pages/spoergsmaal/one.js';
import { questionsPage } from './pages/spoergsmaal/page.js';
import { reviewByNumberPage, sendReviewByNumber } from './pages/spoergsmaal/review-by-number-page.js';
import { guidancePage, sendQuestion } from './pages/vejledning/page.js';
import { guidanceQuestionPage, sendAnswer, sendWithdrawal } from './pages/vejledning/question.js';
import type { Answer, Route, SignedInCall } from './route.js';

export interface RouteParts {
  readonly directory: StaffDirectory;
  /** The login's own addresses (`/login`, its return, `/log-ud`). */
  readonly login: readonly Route[];
  /** Where something fills in what the figures count; they are whole when it is left out. */
  readonly figuresFilled?: FiguresFilled;
}

/** Every address of Udvej, once: with permission, purpose, audit event and rate class (control 1). */
export const buildRoutes = ({ directory, login, figuresFilled = () => undefined }: RouteParts): readonly Route[] => [
  ...healthApi,
  ...caseApi,
  ...notificationApi,
  ...guidanceApi,
  ...questionApi,
  ...matchApi,
  ...practiceApi(figuresFilled),
  ...attachmentApi,
  overviewApi,
  ...unitNamingApi,
  ...statisticsApi(figuresFilled),
  ...publishedApi,
  ...publishingApi(figuresFilled),
  reRegistrationApi,
  reviewByNumberApi,
  apiDescription,
  ...login,
  ...plainPages,
  { method: 'POST', path: '/session', permission: 'signed-in', purpose: 'still here', audit: 'none: no case data', rate: 'read', handle: keepAlive },
  { method: 'GET', path: '/', permission: 'signed-in', purpose: 'my work', audit: 'tasks.listed', rate: 'read', handle: myWork(figuresFilled) },
  { method: 'GET', path: '/sager', permission: 'signed-in', purpose: 'my cases', audit: 'cases.listed', rate: 'read', handle: myCases },
  { method: 'GET', path: '/ny-henvendelse', permission: 'signed-in', purpose: 'register', audit: 'none: no case data', rate: 'read', handle: newInquiry },
  { method: 'POST', path: '/ny-henvendelse', permission: 'signed-in', purpose: 'register', audit: 'inquiry.registered', rate: 'write', handle: sendInquiry },
  { method: 'POST', path: '/ny-henvendelse/ligner', permission: 'signed-in', purpose: 'search', audit: 'search.own', rate: 'search', stepUp: 'contact-point', handle: searchSimilar },
  { method: 'GET', path: '/soeg', permission: 'signed-in', purpose: 'search', audit: 'none: no case data', rate: 'read', handle: emptySearch },
  { method: 'POST', path: '/soeg', permission: 'signed-in', purpose: 'search', audit: 'search.own', rate: 'search', stepUp: 'contact-point', handle: search },
  { method: 'GET', path: '/indbakke/:id', permission: 'inbox-keeper', purpose: 'take', audit: 'case.opened', rate: 'read', handle: showInboxForm(directory, 'inquiry.take') },
  { method: 'POST', path: '/indbakke/:id', permission: 'inbox-keeper', purpose: 'take', audit: 'case.command', rate: 'write', handle: sendInboxForm(directory, 'inquiry.take') },
  { method: 'GET', path: '/indbakke/:id/videre', permission: 'inbox-keeper', purpose: 'convey', audit: 'case.opened', rate: 'read', handle: showInboxForm(directory, 'inquiry.convey') },
  { method: 'POST', path: '/indbakke/:id/videre', permission: 'inbox-keeper', purpose: 'convey', audit: 'case.command', rate: 'write', handle: sendInboxForm(directory, 'inquiry.convey') },
  { method: 'GET', path: '/indbakke/:id/kontaktpunkt', permission: 'inbox-keeper', purpose: 'dispute', audit: 'case.opened', rate: 'read', handle: showInboxForm(directory, 'inquiry.dispute') },
  { method: 'POST', path: '/indbakke/:id/kontaktpunkt', permission: 'inbox-keeper', purpose: 'dispute', audit: 'case.command', rate: 'write', handle: sendInboxForm(directory, 'inquiry.dispute') },
  { method: 'GET', path: '/indbakke/:id/dublet', permission: 'inbox-keeper', purpose: 'double', audit: 'case.opened', rate: 'read', handle: showInboxForm(directory, 'inquiry.endAsDouble') },
  { method: 'POST', path: '/indbakke/:id/dublet', permission: 'inbox-keeper', purpose: 'double', audit: 'case.command', rate: 'write', handle: sendInboxForm(directory, 'inquiry.endAsDouble') },
  { method: 'GET', path: '/uden-enhed/:id', permission: 'contact-point', purpose: 'unit', audit: 'whereabouts.read', rate: 'read', handle: unitNamingPage },
  { method: 'POST', path: '/uden-enhed/:id', permission: 'contact-point', purpose: 'unit', audit: 'case.command', rate: 'write', handle: sendUnitNaming },
  { method: 'GET', path: '/enhed', permission: 'inbox-keeper', purpose: 'unit', audit: 'unit.listed', rate: 'read', handle: unit(directory) },
  { method: 'POST', path: '/enhed/gennemgang', permission: 'inbox-keeper', purpose: 'review', audit: 'access.reviewed', rate: 'write', handle: review },
  { method: 'GET', path: '/enhed/liste', permission: 'inbox-keeper', purpose: 'roster', audit: 'unit.listed', rate: 'read', handle: usual(directory) },
  { method: 'POST', path: '/enhed/liste', permission: 'inbox-keeper', purpose: 'roster', audit: 'roster.changed', rate: 'write', handle: sendUsual(directory) },
  { method: 'GET', path: '/enhed/overtag/:id', permission: 'inbox-keeper', purpose: 'take over', audit: 'unit.listed', rate: 'read', handle: takeOver },
  { method: 'POST', path: '/enhed/overtag/:id', permission: 'inbox-keeper', purpose: 'take over', audit: 'case.command', rate: 'write', handle: sendTakeOver },
  { method: 'GET', path: '/overblik', permission: 'contact-point', purpose: 'national overview', audit: 'overview.listed', rate: 'read', handle: overviewPage(figuresFilled) },
  { method: 'POST', path: '/overblik', permission: 'contact-point', purpose: 'national overview', audit: 'case.named', rate: 'write', stepUp: 'everybody', handle: overviewNames(figuresFilled) },
  { method: 'GET', path: '/spoergsmaal', permission: 'contact-point', purpose: 'questions', audit: 'questions.listed', rate: 'read', handle: questionsPage },
  { method: 'GET', path: '/spoergsmaal/proev-afslag', permission: 'contact-point', purpose: 'review of refusal', audit: 'none: no case data', rate: 'read', stepUp: 'everybody', handle: reviewByNumberPage },
  { method: 'POST', path: '/spoergsmaal/proev-afslag', permission: 'contact-point', purpose: 'review of refusal', audit: 'review.asked', rate: 'write', stepUp: 'everybody', handle: sendReviewByNumber },
  { method: 'GET', path: '/spoergsmaal/:id', permission: 'contact-point', purpose: 'question', audit: 'questions.listed', rate: 'read', handle: questionPage },
  { method: 'POST', path: '/spoergsmaal/:id', permission: 'contact-point', purpose: 'question', audit: 'case.command', rate: 'write', handle: takeQuestion },
  { method: 'GET', path: '/sammenfald', permission: 'contact-point', purpose: 'matches', audit: 'matches.listed', rate: 'read', handle: matchQueue },
  { method: 'GET', path: '/sammenfald/:id', permission: 'contact-point', purpose: 'match', audit: 'matches.listed', rate: 'read', handle: matchPage },
  { method: 'POST', path: '/sammenfald/:id', permission: 'contact-point', purpose: 'match', audit: 'match.settled', rate: 'write', handle: settleMatch },
  { method: 'POST', path: '/sammenfald/:id/navne', permission: 'contact-point', purpose: 'match', audit: 'case.named', rate: 'write', stepUp: 'everybody', handle: matchNames },
  { method: 'POST', path: '/sammenfald/:id/besked', permission: 'contact-point', purpose: 'match', audit: 'match.decided', rate: 'write', handle: sendTelling },
  { method: 'GET', path: '/godkendelser/:id', permission: 'signed-in', purpose: 'approve', audit: 'approvals.listed', rate: 'read', stepUp: 'everybody', handle: approvalPage },
  { method: 'POST', path: '/godkendelser/:id', permission: 'signed-in', purpose: 'approve', audit: 'approval.given', rate: 'write', stepUp: 'everybody', handle: answerApproval },
  { method: 'GET', path: '/slettede-sager', permission: 'signed-in', purpose: 'deletions', audit: 'deletions.listed', rate: 'read', handle: deletedPage },
  { method: 'GET', path: '/slettede-sager/:id', permission: 'signed-in', purpose: 'receipt', audit: 'receipt.read', rate: 'read', handle: receiptPage },
  { method: 'GET', path: '/dine-logins', permission: 'signed-in', purpose: 'own logins', audit: 'logins.listed', rate: 'read', handle: ownLoginsPage },
  { method: 'POST', path: '/dine-logins/afslut', permission: 'signed-in', purpose: 'own logins', audit: 'logout.others', rate: 'write', handle: endOthers },
  { method: 'GET', path: '/akut', permission: 'emergency', purpose: 'emergency', audit: 'emergencies.listed', rate: 'read', stepUp: 'everybody', handle: emergencyPage },
  { method: 'POST', path: '/akut', permission: 'emergency', purpose: 'emergency', audit: 'emergency.opened', rate: 'write', stepUp: 'everybody', handle: sendEmergency },
  { method: 'POST', path: '/akut/:id', permission: 'emergency', purpose: 'emergency', audit: 'emergency.opened', rate: 'write', stepUp: 'everybody', handle: sendAsked },
  { method: 'GET', path: '/akut/:id/kort', permission: 'emergency', purpose: 'emergency', audit: 'card.opened', rate: 'read', handle: emergencyCardPage },
  { method: 'GET', path: '/underretninger', permission: 'contact-point', purpose: 'notifications', audit: 'notifications.listed', rate: 'read', handle: inbox(directory, figuresFilled) },
  { method: 'POST', path: '/underretninger', permission: 'contact-point', purpose: 'notifications', audit: 'notification.acknowledged', rate: 'write', handle: acknowledgeThem(directory, figuresFilled) },
  { method: 'GET', path: '/noedopslag/:id', permission: 'contact-point', purpose: 'told', audit: 'notifications.listed', rate: 'read', handle: emergencyToldPage },
  { method: 'POST', path: '/noedopslag/:id', permission: 'contact-point', purpose: 'told', audit: 'notification.seen', rate: 'write', handle: sendSeen },
  // To the contact point it is the whole of the figures, and leaves `figures.drawn`.
  { method: 'GET', path: '/tal', permission: 'signed-in', purpose: 'figures', audit: 'publications.listed', rate: 'read', handle: figures(figuresFilled) },
  { method: 'GET', path: '/vejledning', permission: 'guidance', purpose: 'guidance', audit: 'guidance.listed', rate: 'read', handle: guidancePage },
  { method: 'POST', path: '/vejledning', permission: 'asks-guidance', purpose: 'guidance', audit: 'guidance.asked', rate: 'write', handle: sendQuestion },
  { method: 'GET', path: '/vejledning/:id', permission: 'guidance', purpose: 'guidance', audit: 'guidance.read', rate: 'read', handle: guidanceQuestionPage },
  { method: 'POST', path: '/vejledning/:id', permission: 'contact-point', purpose: 'guidance', audit: 'guidance.answered', rate: 'write', handle: sendAnswer },
  { method: 'POST', path: '/vejledning/:id/tilbage', permission: 'asks-guidance', purpose: 'guidance', audit: 'guidance.withdrawn', rate: 'write', handle: sendWithdrawal },
  { method: 'GET', path: '/tal/tider', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: times(figuresFilled) },
  { method: 'GET', path: '/tal/sammenlign', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: compare(figuresFilled) },
  { method: 'GET', path: '/tal/kvalitet', permission: 'contact-point', purpose: 'figures', audit: 'figures.drawn', rate: 'read', handle: quality(figuresFilled) },
  { method: 'POST', path: '/tal/kvalitet', permission: 'contact-point', purpose: 'practice', audit: 'practice.asked', rate: 'write', handle: sendPracticeQuestion(figuresFilled) },
  { method: 'GET', path: '/tal/kvalitet/:id', permission: 'practice', purpose: 'practice', audit: 'practice.read', rate: 'read', handle: practiceQuestionPage },
  { method: 'POST', path: '/tal/kvalitet/:id', permission: 'inbox-keeper', purpose: 'practice', audit: 'practice.answered', rate: 'write', handle: sendPracticeAnswer },
  { method: 'POST', path: '/tal/kvalitet/:id/tilbage', permission: 'contact-point', purpose: 'practice', audit: 'practice.withdrawn', rate: 'write', handle: sendPracticeWithdrawal },
  { method: 'GET', path: '/tal/offentliggoer', permission: 'contact-point', purpose: 'publish', audit: 'figures.drawn', rate: 'read', stepUp: 'everybody', handle: publishPage(figuresFilled) },
  { method: 'POST', path: '/tal/offentliggoer', permission: 'contact-point', purpose: 'publish', audit: 'figures.published', rate: 'write', stepUp: 'everybody', handle: sendPublish(figuresFilled) },
  { method: 'POST', path: '/tal/offentliggoer/tilbage', permission: 'contact-point', purpose: 'withdraw figures', audit: 'figures.withdrawn', rate: 'write', stepUp: 'everybody', handle: sendWithdraw(figuresFilled) },
  { method: 'GET', path: '/tal/offentliggjort', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: publishedPage },
  { method: 'GET', path: '/tal/offentliggjort/:id', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: publishedPage },
  { method: 'GET', path: '/tal/offentliggjort/:id/fil', permission: 'signed-in', purpose: 'published figures', audit: 'publications.listed', rate: 'read', handle: sendPublished },
  { method: 'GET', path: '/tal/registreret-igen', permission: 'contact-point', purpose: 'registered again', audit: 'none: no case data', rate: 'read', stepUp: 'everybody', handle: reRegistrationPage },
  { method: 'POST', path: '/tal/registreret-igen', permission: 'contact-point', purpose: 'registered again', audit: 'figures.corrected', rate: 'write', stepUp: 'everybody', handle: sendReRegistration },
  ...reviewPages,
  ...casePages(directory),
];

/** The idle warning's "I am still here"; polling never calls it. */
async function keepAlive({ house, visitor, reply }: SignedInCall): Promise<Answer> {
  await touchSession(house.web, visitor.token);
  await reply.code(204).send();
  return { kind: 'sent' };
}
