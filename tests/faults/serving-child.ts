import { watchForEnding } from '../../src/cli/ending.js';
import { serve } from '../../src/cli/serve.js';
import { readSettings } from '../../src/cli/settings.js';

// The program that answers people, in production, by the settings of its surroundings; only that one address may ask more often than people do.
const log = (line: string): void => console.log(line);
const read = readSettings(process.env, 'serve');
if ('faults' in read) throw new Error(read.faults.join('\n'));
process.exitCode = await serve({ ...read.settings, limitsFactor: 1_000 }, log, watchForEnding(log));
// As the program's own start has it: a connection somebody else keeps open must not keep it alive.
setTimeout(() => process.exit(), 2_000).unref();
