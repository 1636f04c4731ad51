import { defineConfig } from 'vitest/config';

/** Whether time tells what the answer does not: `npm run test:timing`. Not part of `npm test`, for it takes a quiet machine and some minutes. */
export default defineConfig({
  test: {
    include: ['tests/timing/*.test.ts'],
    globalSetup: ['tests/support/database.global.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['verbose'],
    name: 'timing',
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
