import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../../tests/support/kitchen-frame.js';
import { CaseKitchenSink } from '../../../tests/support/kitchen-case.js';
import { KitchenSink } from '../../../tests/support/kitchen-sink.js';
import { renderPage } from './render.js';

const pages = [
  { name: 'every component', html: renderPage(<KitchenSink />) },
  { name: 'a case', html: renderPage(<CaseKitchenSink />) },
  { name: 'a case with the small header', html: renderPage(<CaseKitchenSink compact />) },
];

const tags = (html: string, name: string): readonly string[] =>
  [...html.matchAll(new RegExp(`<${name}(?=[\\s>/])(?:"[^"]*"|[^>"])*>`, 'gu'))].map(([tag]) => tag);
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1];
const idsIn = (html: string): readonly string[] => [...html.matchAll(/\sid="([^"]*)"/gu)].map((match) => match[1] ?? '');

describe.each(pages)('the page of $name', ({ html }) => {
  it('begins with the doctype, so that browsers keep to the standard', () => {
    expect(html.startsWith('<!doctype html>\n<html lang="da">')).toBe(true);
  });

  it('has no style attribute and no style element: the content policy forbids them', () => {
    expect(html).not.toMatch(/\sstyle=/u);
    expect(tags(html, 'style')).toEqual([]);
  });

  it('has no script but our two files, the one that blanks first of all, and no handlers in attributes', () => {
    expect(tags(html, 'script')).toEqual([...(html.includes('data-privacy-screen') ? ['<script src="/assets/screen-first.js">'] : []), '<script type="module" src="/assets/udvej.js">']);
    const attributes = [...html.matchAll(/<[a-z](?:"[^"]*"|[^>"])*>/gu)].map(([tag]) => tag.replaceAll(/"[^"]*"/gu, '""'));
    expect(attributes.filter((tag) => /\son[a-z]+=/iu.test(tag))).toEqual([]);
  });

  it('shows what people wrote as text, also when it looks like a script', () => {
    expect(html).not.toContain(HOSTILE);
    expect(html).not.toContain("<script>alert('x')");
    expect(html).toContain('&lt;script>alert(');
  });

  it('gives every input a label of its own', () => {
    const labelled = new Set(tags(html, 'label').map((tag) => attribute(tag, 'for')));
    const inputs = [...tags(html, 'input'), ...tags(html, 'select'), ...tags(html, 'textarea')].filter(
      (tag) => attribute(tag, 'type') !== 'hidden',
    );
    expect(inputs.length).toBeGreaterThan(0);
    expect(inputs.filter((tag) => !labelled.has(attribute(tag, 'id')))).toEqual([]);
  });

  it('uses every id once, and refers to none that is missing', () => {
    const ids = idsIn(html);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const references = [...html.matchAll(/\s(?:aria-describedby|aria-labelledby|for)="([^"]*)"/gu)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('leads every link within the page to something on it', () => {
    const anchors = [...html.matchAll(/\shref="#([^"]+)"/gu)].map((match) => match[1] ?? '');
    expect(anchors).toContain('main-content');
    expect(anchors.filter((id) => !idsIn(html).includes(id))).toEqual([]);
  });

  it('posts the token with every form', () => {
    const forms = html
      .split('<form ')
      .slice(1)
      .map((rest) => rest.slice(0, rest.indexOf('</form>')));
    expect(forms.length).toBeGreaterThan(0);
    expect(forms.filter((form) => !form.includes('name="_csrf" value="token"'))).toEqual([]);
    expect(forms.filter((form) => !form.includes('method="post"'))).toEqual([]);
  });
});
