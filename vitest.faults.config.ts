import { defineConfig } from 'vitest/config';

/** What breaks under the program: `npm run test:faults`. Not part of `npm test`, for each takes its time; figures are printed. */
export default defineConfig({
  test: {
    include: ['tests/faults/*.test.ts'],
    globalSetup: ['tests/support/database.global.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['verbose'],
    name: 'faults',
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
