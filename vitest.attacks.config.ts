import { defineConfig } from 'vitest/config';

/**
 * The long run of the proofs of confidentiality: `npm run test:attacks`. The same tests stand in `npm test` with fewer commands and pairs;
 * figures and seeds are printed, and `MODEL_SEED` and `UDVEJ_SEED` tell a run again or look further.
 */
export default defineConfig({
  test: {
    include: ['tests/attacks/model/*.test.ts', 'tests/properties/reading.test.ts'],
    globalSetup: ['tests/support/database.global.ts'],
    env: { MODEL_COMMANDS: '10000', UDVEJ_PAIRS: '2000', UDVEJ_SERVED_PAIRS: '200' },
    testTimeout: 900_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    reporters: ['verbose'],
    name: 'attacks',
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
