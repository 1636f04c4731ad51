import { afterEach, describe, expect, it, vi } from 'vitest';
import { instantOf, knownDate } from '../domain/kernel/time.js';
import type { DocumentData } from './render.js';

const at = instantOf(knownDate('2026-11-21'), 10, 42);
const data = {
  number: 'UV-7K3M-9QX-3', language: 'da', heading: 'Afgørelse om exit', facts: [{ label: 'Vedrører', value: 'Emil Sandbjerg' }],
  decision: 'Emil Sandbjerg optages i exit.', criteria: [], reasons: 'Enige',
} as const satisfies DocumentData & Readonly<Record<string, unknown>>;

describe('making a document (FM-WORK-3)', () => {
  afterEach(() => {
    vi.doUnmock('node:module');
    vi.resetModules();
  });

  it('gives the same bytes for the same data and time, and others for another time', async () => {
    const { renderDocument } = await import('./render.js');
    const bytes = (when = at) => {
      const made = renderDocument('decision', data, { at: when });
      return 'bytes' in made ? Buffer.from(made.bytes).toString('base64') : made.unavailable;
    };
    expect(bytes()).toBe(bytes());
    expect(bytes(instantOf(knownDate('2026-11-22'), 10, 42))).not.toBe(bytes());
  });

  it('says why on a machine the compiler is not made for, and does not fail', async () => {
    vi.doMock('node:module', () => ({
      createRequire: () => Object.assign(() => { throw new Error('Cannot find module'); }, { resolve: () => { throw new Error('Cannot find module'); } }),
    }));
    const { documentsUnavailable, renderDocument } = await import('./render.js');
    const made = renderDocument('decision', data, { at });
    expect(made).toEqual({ unavailable: documentsUnavailable() });
    expect(documentsUnavailable()).toContain('kan ikke laves på denne maskine');
  });

  it('tells nothing of the data when a template is at fault', async () => {
    const { renderDocument } = await import('./render.js');
    const { decision: _decision, ...lacking } = data;
    const fail = () => renderDocument('decision', lacking, { at });
    expect(fail).toThrow('the template decision does not compile as a-2a');
    expect(fail).not.toThrow(/Emil/);
  });
});
