import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { keepTexts, openedFor, nameOf } from './opened.js';
import { readPdf } from './reading.js';
import { documentsOf, documentData } from '../../src/app/documents.js';
import { renderDocument } from '../../src/documents/render.js';
import { anAgreementWithTreatment, aDischargedCourse, anInterruptedForBreach, HOSTILE } from './states.js';
import { aCase } from '../support/scenario.js';
keepTexts();
it('show', async () => {
  const hostile = anAgreementWithTreatment({ goal: `${HOSTILE}\n\nAfsnit to\nlinje to 😀 漢字 مرحبا בית ${'a'.repeat(200)} \u202Eabc` }).does('municipal', 'person.update', { name: '#name[*] 😀 שלום' });
  const long = anAgreementWithTreatment({ goal: 'At komme ud af miljøet og leve af lovligt arbejde. '.repeat(60) });
  for (const [name, s] of Object.entries({ form: aCase(), discharged: aDischargedCourse(), breach: anInterruptedForBreach(), hostile, long })) {
    for (const who of ['municipal', 'police'] as const) {
    const o = openedFor(s, who);
    for (const d of documentsOf(o)) {
      const w = documentData(o, d.key, { today: s.today, nameOf });
      if (!w) { console.log(name, d, 'NONE'); continue; }
        const r = renderDocument(w.template, w.data, { at: w.at });
        if ('bytes' in r) { writeFileSync(`/work/tmp/docs/out/${name}-${who}-${d.key}.pdf`, r.bytes); console.log(name, who, d.key, d.title);
          if (name==='hostile' && d.key === '5') { const x = await readPdf(r.bytes); console.log(x.text); } }
        else console.log(r);
    }}
  }
}, 120000);
