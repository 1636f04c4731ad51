import { main } from '../../src/cli/main.js';

// The program by its command line and surroundings, without the build that npm start makes first.
process.exitCode = await main(process.argv.slice(2));
setTimeout(() => process.exit(), 2_000).unref();
