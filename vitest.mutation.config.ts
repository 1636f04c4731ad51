import { defineConfig } from 'vitest/config';

/** The domain's tests alone, in one process that loads them once: what a mutant of a rule is held against (`npm run mutation`). */
export default defineConfig({
  test: { include: ['src/domain/**/*.test.ts'], maxWorkers: 1, pool: 'threads', isolate: false },
});
