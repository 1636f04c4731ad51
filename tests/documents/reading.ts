import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

interface TreeNode {
  readonly role?: string;
  readonly children?: readonly TreeNode[];
}

/** What a reader, a screen reader and an archive find in a PDF. */
export interface Reading {
  readonly title: unknown;
  readonly language: unknown;
  readonly marked: boolean;
  /** Whatever else stands in the file's information. */
  readonly author: unknown;
  readonly metadata: (name: string) => unknown;
  /** The roles of the structure in reading order, page by page. */
  readonly roles: readonly string[];
  readonly pages: readonly string[];
  /** All pages as one text, runs of white space made one. */
  readonly text: string;
}

const rolesOf = (node: TreeNode | null): readonly string[] =>
  node === null ? [] : [...(node.role === undefined ? [] : [node.role]), ...(node.children ?? []).flatMap(rolesOf)];

export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await task.promise;
  const { info, metadata } = await document.getMetadata();
  const facts = info as Readonly<Record<string, unknown>>;
  const marks = (await document.getMarkInfo()) as { readonly Marked?: boolean } | null;
  const pages: string[] = [];
  const roles: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '')).join('').replace(/\s+/g, ' '));
    roles.push(...rolesOf((await page.getStructTree()) as TreeNode | null));
  }
  const reading = {
    title: facts['Title'], language: facts['Language'], author: facts['Author'], marked: marks?.Marked === true,
    metadata: (name: string) => metadata.get(name) as unknown, roles, pages, text: pages.join(' '),
  };
  await task.destroy();
  return reading;
}
