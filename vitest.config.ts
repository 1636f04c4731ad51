import { defineConfig } from 'vitest/config';

/** Rooms of tests: what needs no database runs anywhere; the rest shares one embedded PostgreSQL, and browsers come last, when the processors are free. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'domain',
          include: ['src/domain/**/*.test.ts'],
          // Rules have no state, so that one file need not be kept from the other: nearly all of their time went into loading the same modules again.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      },
      {
        test: {
          name: 'properties',
          include: ['tests/properties/*.test.ts'],
          testTimeout: 120_000,
          // Two thousand histories are played before the first question is asked of them.
          hookTimeout: 300_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      },
      {
        test: {
          name: 'house',
          include: ['src/{store,app,web,documents,cli,jobs}/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/properties/**', 'tests/faults/**', 'tests/timing/**'],
          globalSetup: ['tests/support/database.global.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/*.test.ts'],
          globalSetup: ['tests/support/database.global.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      },
    ],
  },
});
