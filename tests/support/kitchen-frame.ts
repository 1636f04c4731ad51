import { instant } from '../../src/domain/kernel/time.js';
import type { Instant } from '../../src/domain/kernel/time.js';

/** What a hostile text looks like; wherever it is shown it must stay a text. */
export const HOSTILE = `<script>alert('x')</script>" onmouseover="alert(1)`;

export const moment = (text: string): Instant => {
  const at = instant(text);
  if (at === undefined) throw new Error(`${text} is no instant`);
  return at;
};
export const NOW = moment('2026-11-23T09:42:00.000Z');
export const NAV = [
  { label: 'Mit arbejde', href: '/', current: false },
  { label: 'Sager', href: '/sager', current: 'within' },
  { label: 'Ny henvendelse', href: '/ny-henvendelse', current: false },
] as const;
