import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { TARGET_CATEGORIES, targetCategoryLabel } from '../../domain/reference/target-group.js';
import { Bars } from './bars.js';

const drawn = (labels: readonly string[]): string => renderToString(<Bars title="Målgruppe: afslag" bars={labels.map((label) => ({ label, value: 1, text: '1' }))} />);
const lines = (html: string): readonly (readonly string[])[] => [...html.matchAll(/<text class="label">(.*?)<\/text>/g)].map(([, text]) => [...(text ?? '').matchAll(/<tspan[^>]*>([^<]*)</g)].map(([, line]) => line ?? ''));

it('a bar’s label goes on in a second line and is never cut within a word', () => {
  expect(lines(drawn(['Fyn', 'Opfylder kriterierne for registrering, men var ikke det']))).toEqual([['Fyn'], ['Opfylder kriterierne for', 'registrering, men var ikke det']]);
  const labels = TARGET_CATEGORIES.map((one) => `${one}. ${targetCategoryLabel(one)}`);
  for (const [nth, two] of lines(drawn(labels)).entries()) {
    const said = two.join(' ');
    expect(two.length <= 2 && two.every((line) => line.length <= 35), said).toBe(true);
    const kept = said.replace(/…$/, '');
    expect(`${labels[nth] ?? ''} `.startsWith(`${kept} `), said).toBe(true);
    expect(said.endsWith('…'), said).toBe(kept !== labels[nth]);
  }
});

it('says what it counts, also on paper, and the whole label to who does not see it', () => {
  const html = drawn(['Har tidligere haft tilknytning og har fortsat brug for hjælp til at ændre livsstil']);
  expect(html).toContain('<figcaption aria-hidden="true">Målgruppe: afslag</figcaption>');
  expect(html).toContain('aria-label="Målgruppe: afslag: Har tidligere haft tilknytning og har fortsat brug for hjælp til at ændre livsstil 1."');
});
