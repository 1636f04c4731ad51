import { main } from './main.js';
import { STARTED } from './worker-process.js';

// The worker, as a process that another of ours has started.
process.exitCode = await main(['worker', STARTED]);
