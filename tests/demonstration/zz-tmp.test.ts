import { it } from 'vitest';
import { fillLivingCases } from '/work/main/src/cli/demonstration/living-cases.js';
import { demonstrationHouse } from '/work/main/tests/demonstration/demonstration-house.js';
it('t', async () => { const h = await demonstrationHouse(); const b = performance.now(); const c=process.cpuUsage(); await fillLivingCases(h); const u=process.cpuUsage(c); console.log('FILL', Math.round(performance.now()-b), 'cpu ms', (u.user+u.system)/1000); 
const r = await h.db.superuser("select count(*) n from audit.event"); console.log(r); await h.close(); }, 120000);
