/** HTML glued as strings: the least a page can cost. */

export interface ListRow {
  readonly id: number;
  readonly case_no: string;
  readonly title: string;
  readonly district: string;
  readonly municipality: string;
  readonly next_followup: Date | null;
  readonly created_at: Date;
}
export interface OpenRow extends ListRow {
  readonly status: string;
  readonly summary: string | null;
  readonly steps: readonly { readonly title: string; readonly status: string; readonly due: string | null }[] | null;
  readonly notes: readonly { readonly id: number; readonly created_at: string; readonly body: string }[] | null;
}
export interface CountRow {
  readonly district: string;
  readonly status: string;
  readonly n: number;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string | null): string => (value ?? '').replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
const day = (value: Date | string | null): string => (value === null ? '' : (value instanceof Date ? value.toISOString() : value).slice(0, 10));
const page = (title: string, body: string): string =>
  `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>${text(title)}</title><link rel="stylesheet" href="/s.css"></head>`
  + `<body><header><nav><a href="/cases">Sager</a></nav></header><main><h1>${text(title)}</h1>${body}</main></body></html>`;

export const listPage = (rows: readonly ListRow[]): string =>
  page('Mine sager', `<table><thead><tr><th>Nr.<th>Titel<th>Kreds<th>Kommune<th>Frist<th>Oprettet</tr></thead><tbody>${rows.map((row) =>
    `<tr data-id="${row.id}"><td><a href="/cases/${row.id}">${text(row.case_no)}</a></td><td>${text(row.title)}</td><td>${text(row.district)}</td>`
    + `<td>${text(row.municipality)}</td><td>${day(row.next_followup)}</td><td>${day(row.created_at)}</td></tr>`).join('')}</tbody></table>`);

export const openPage = (row: OpenRow): string =>
  page(row.title, `<p>${text(row.case_no)} ${text(row.status)} ${text(row.district)} ${text(row.municipality)} ${day(row.next_followup)}</p><p>${text(row.summary)}</p>`
    + `<h2>Skridt</h2><ul>${(row.steps ?? []).map((step) => `<li>${text(step.title)} ${text(step.status)} ${day(step.due)}</li>`).join('')}</ul>`
    + `<h2>Notater</h2>${(row.notes ?? []).map((note) => `<article data-note="${note.id}"><time>${text(note.created_at)}</time><p>${text(note.body)}</p></article>`).join('')}`);

export const countsPage = (rows: readonly CountRow[]): string =>
  page('Tal', `<table>${rows.map((row) => `<tr><td>${text(row.district)}<td>${text(row.status)}<td>${row.n}</tr>`).join('')}</table>`);
