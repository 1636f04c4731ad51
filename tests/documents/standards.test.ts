import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { documentData, documentsOf, type WrittenDocument } from '../../src/app/documents.js';
import { renderDocument } from '../../src/documents/render.js';
import { aPresentedAgreement } from '../support/agreement-states.js';
import { aRefusedCase } from '../support/assessment-states.js';
import { aCustodyCaseInCourse, aRevisedCase } from '../support/course-states.js';
import type { Scenario } from '../support/scenario.js';
import { keepTexts, nameOf, openedFor } from './opened.js';
import { readPdf } from './reading.js';
import { aDischargedCourse, anAgreementWithTreatment, anInterruptedForBreach, HOSTILE } from './states.js';

keepTexts();

const pdf = (written: WrittenDocument, standard: 'a-2a' | 'ua-1' = 'a-2a'): Uint8Array => {
  const made = renderDocument(written.template, written.data, { at: written.at, standard });
  if ('unavailable' in made) throw new Error(made.unavailable);
  return made.bytes;
};
const allOf = (scenario: Scenario, who: 'municipal' | 'police' | 'custody' = 'municipal'): readonly WrittenDocument[] => {
  const opened = openedFor(scenario, who);
  return documentsOf(opened).map(({ key }) => documentData(opened, key, { today: scenario.today, nameOf })).filter((one) => one !== undefined);
};
const everySort = (): readonly (readonly [string, WrittenDocument])[] =>
  Object.entries({
    presented: aPresentedAgreement(), revised: aRevisedCase(), refused: aRefusedCase(), interrupted: anInterruptedForBreach(), discharged: aDischargedCourse(),
  }).flatMap(([name, scenario]) => allOf(scenario).map((one) => [`${name} ${one.number} ${one.template}`, one] as const));

describe('every document (FM-WORK-3)', () => {
  const documents = everySort();

  it('is one of the five sorts, and all five are here', () => {
    expect(new Set(documents.map(([, one]) => one.template))).toEqual(new Set(['consent', 'agreement', 'decision', 'interruption', 'discharge']));
    expect(allOf(aCustodyCaseInCourse(), 'custody').map((one) => one.template)).toContain('agreement');
  });

  it.each(documents)('%s compiles as PDF/A-2a: tagged, archivable, in its language, with a title that tells nothing', async (_name, written) => {
    const read = await readPdf(pdf(written));
    const english = written.data.language === 'en';
    expect(read.metadata('pdfaid:part')).toBe('2');
    expect(read.metadata('pdfaid:conformance')).toBe('A');
    expect(read.marked).toBe(true);
    expect(read.language).toBe(english ? 'en-GB' : 'da-DK');
    expect(read.title).toBe(written.number);
    expect(read.title).toMatch(/^UV-7K3M-9QX-\d+$/);
    expect(read.author).toBeUndefined();
    expect(read.roles).toEqual(expect.arrayContaining(['H1', 'H2', 'P']));
    expect(read.roles.filter((role) => role === 'H1')).toHaveLength(1);
    expect(read.pages.every((page) => page.includes(english ? 'Confidential' : 'Fortroligt'))).toBe(true);
    read.pages.forEach((page, index) => {
      expect(page).toContain(english ? `Page ${index + 1} of ${read.pages.length}` : `Side ${index + 1} af ${read.pages.length}`);
    });
  });

  it.each(documents)('%s compiles as PDF/UA-1 from the same template', async (_name, written) => {
    const read = await readPdf(pdf(written, 'ua-1'));
    expect(read.metadata('pdfuaid:part')).toBe('1');
    expect(read.marked).toBe(true);
  });

  it.each(documents.filter(([, one]) => one.template === 'agreement' || one.template === 'discharge' || one.template === 'interruption'))(
    '%s has its tables tagged, with header cells', async (_name, written) => {
      const { roles } = await readPdf(pdf(written));
      for (const role of ['Table', 'THead', 'TR', 'TH', 'TD']) expect(roles).toContain(role);
    },
  );

  it('has the choices of a consent tagged as lists', async () => {
    const forms = documents.filter(([, one]) => one.template === 'consent');
    expect(forms.length).toBeGreaterThan(2);
    for (const [, form] of forms) expect((await readPdf(pdf(form))).roles).toEqual(expect.arrayContaining(['L', 'LI', 'LBody']));
  });

  it('is the same file for the same data', () => {
    const [first, again] = [allOf(aDischargedCourse()), allOf(aDischargedCourse())].map((all) => all.map((one) => Buffer.from(pdf(one)).toString('base64')));
    expect(first).toEqual(again);
    expect(first).toHaveLength(4);
  });
});

/** Whether the font that has such signs is installed; it may be left out, and then they are spelled out. */
const hasEmojiFont = (): boolean => {
  try {
    createRequire(import.meta.url).resolve('@expo-google-fonts/noto-emoji/package.json');
    return true;
  } catch {
    return false;
  }
};

describe('what somebody typed (FM-WORK-3)', () => {
  const agreed = (goal: string, name = 'Emil Sandbjerg'): WrittenDocument => {
    const scenario = anAgreementWithTreatment({ goal }).does('municipal', 'person.update', { name });
    const written = allOf(scenario).find((one) => one.template === 'agreement');
    if (written === undefined) throw new Error('no agreement');
    return written;
  };
  const texted = async (goal: string, name?: string) => readPdf(pdf(agreed(goal, name)));

  it('stands as it was typed, and nothing of it is read as markup', async () => {
    const { text, roles } = await texted(HOSTILE, '#name[*] "Emil" <script>');
    expect(text).toContain(HOSTILE);
    expect(text).toContain('#name[*] "Emil" <script>');
    const plain = await texted('Et ganske almindeligt mål', 'Emil');
    expect(roles.filter((role) => role !== 'Span')).toEqual(plain.roles.filter((role) => role !== 'Span'));
  });

  it('cannot reach the machine or another document', async () => {
    const { text } = await texted('#read("/etc/passwd") #include "consent.typ" #sys.inputs #data.number');
    expect(text).toContain('#read("/etc/passwd") #include "consent.typ" #sys.inputs #data.number');
    expect(text).not.toContain('root:');
  });

  it('can be of other scripts, read from the right', async () => {
    const { text } = await texted('Han hedder מרים eller مريم');
    expect(text).toContain('מרים');
    expect(text).toContain('مريم');
  });

  it('can hold signs of every plane: shown where a font has them, else as their code point', async () => {
    const { text } = await texted('Glad 😀 og 漢字 \uE000');
    expect(text).toContain(hasEmojiFont() ? 'Glad 😀 og' : 'Glad [U+1F600] og');
    expect(text).toContain('[U+6F22][U+5B57]');
    expect(text).toContain('[U+E000]');
  });

  it('cannot turn the reading direction of what stands after it', async () => {
    // No form takes one: it would come from somewhere else.
    const turned = JSON.parse(JSON.stringify(agreed('Aftalen gælder ikke')).replace('gælder ikke', 'gælder \u2067ekki')) as WrittenDocument;
    expect((await readPdf(pdf(turned))).text).toContain('Aftalen gælder [U+2067]ekki');
  });

  it('can be long: paragraphs go on to the next pages, a word without end is broken', async () => {
    const read = await texted(Array.from({ length: 45 }, (_, index) => `Afsnit ${index + 1}: ${'et ord efter et andet '.repeat(3)}`).join('\n\n'));
    expect(read.pages.length).toBeGreaterThan(2);
    expect(read.text).toContain('Afsnit 45:');
    const word = await texted('x'.repeat(600));
    expect(word.text.replace(/[\s\u200B]/g, '')).toContain('x'.repeat(600));
  });
});
