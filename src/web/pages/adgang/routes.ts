import type { Route } from '../../route.js';
import { alarmPage, askToClosePage } from './alarm.js';
import { emptyFindPerson, findPersonPage, reviewPage } from './desk.js';
import { findingPage, judgePage } from './finding.js';
import { personPage } from './person.js';

/** The auditor's addresses: the log by what was found, by who looked and by sample; never a case (FM-CNF-5). */
export const reviewPages: readonly Route[] = [
  { method: 'GET', path: '/adgang', permission: 'auditor', purpose: 'review', audit: 'log.read', rate: 'read', handle: reviewPage },
  { method: 'GET', path: '/adgang/fund/:id', permission: 'auditor', purpose: 'finding', audit: 'log.read', rate: 'read', handle: findingPage },
  { method: 'POST', path: '/adgang/fund/:id', permission: 'auditor', purpose: 'finding', audit: 'review.judged', rate: 'write', handle: judgePage },
  { method: 'GET', path: '/adgang/alarm/:id', permission: 'auditor', purpose: 'alarm', audit: 'log.read', rate: 'read', handle: alarmPage },
  { method: 'POST', path: '/adgang/alarm/:id', permission: 'auditor', purpose: 'alarm', audit: 'approval.asked', rate: 'write', handle: askToClosePage },
  { method: 'GET', path: '/adgang/person/:id', permission: 'auditor', purpose: 'person log', audit: 'log.read', rate: 'read', handle: personPage },
  { method: 'GET', path: '/adgang/kollega', permission: 'auditor', purpose: 'find person', audit: 'none: no case data', rate: 'read', handle: emptyFindPerson },
  { method: 'POST', path: '/adgang/kollega', permission: 'auditor', purpose: 'find person', audit: 'none: no case data', rate: 'read', handle: findPersonPage },
];
