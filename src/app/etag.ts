import { createHmac } from 'node:crypto';
import { newestSeen } from '../domain/access/core-view.js';
import type { ExitCase, RecordedEvent } from '../domain/exit-case/case.js';
import type { House } from './house.js';

/**
 * The case's ETag for one reader: made from the newest event he may see, keyed per user, so that it neither changes for what is hidden
 * nor tells the number of events (spec/commands.md, API).
 */
export const etagFor = (house: House, user: string, caseId: string, state: ExitCase, stream: readonly RecordedEvent[]): string =>
  `"${createHmac('sha256', house.etagKey).update(`${user}|${caseId}|${newestSeen(state, user, stream)}`).digest('base64url').slice(0, 22)}"`;
