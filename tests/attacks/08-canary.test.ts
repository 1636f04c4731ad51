import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { commandSchema } from '../../src/app/command-schema.js';
import { demonstrationCpr, formatCpr } from '../../src/domain/kernel/cpr.js';
import { addDays, knownDate } from '../../src/domain/kernel/time.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { docx, pdf, sendApi, sendForm } from '../support/uploads.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';
import { scanFor, serverFiles } from '../support/canary.js';

const { dataDir } = inject('database');
const began = new Date();
/** Everything that was written somewhere in this file, to be found nowhere. */
const canaries: string[] = [];
const SYLLABLES = ['ka', 'væ', 'ru', 'mø', 'li', 'tå', 'ne', 'so', 'fri', 'gul', 'dra', 'by'];
const syllables = (count: number): string => Array.from({ length: count }, () => SYLLABLES[randomInt(SYLLABLES.length)]).join('');
const noted = (text: string): string => {
  canaries.push(text);
  return text;
};
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const aName = (): string => noted(`${capital(syllables(4))} ${capital(syllables(5))}`);
const aPhrase = (): string => noted(`Han sagde ${syllables(6)} og “${syllables(5)}” kl. 16`);
const aCpr = (): string => noted(demonstrationCpr(addDays(knownDate('1970-01-01'), randomInt(12_000)), 'male', randomInt(499)));

let web: TestWeb;
let said = '';
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation((...args: Parameters<typeof write>) => {
      said += String(args[0]);
      return write(...args);
    });
  }
  web = await testWeb(await testHouse(noLimits), 1_000_000);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await web.close();
});

interface Property {
  readonly type?: string;
  readonly widget?: string;
}
/** The fields of a command in which a person writes with his own words. */
const wordsIn = (command: string): readonly string[] =>
  Object.entries((commandSchema(command)?.['properties'] ?? {}) as Readonly<Record<string, Property>>)
    .filter(([, { type, widget = '' }]) => type === 'string' && ['text', 'textarea'].includes(widget))
    .map(([name]) => name);

/** A canary in every field of words; the rest as given. */
const filled = (command: string, rest: object = {}): object => {
  const own: Readonly<Record<string, () => string>> = { name: aName, alias: aName, cpr: aCpr, phone: () => noted(`+45 42 ${randomInt(10, 99)} ${randomInt(10, 99)} ${randomInt(10, 99)}`), participants: aName };
  return { ...Object.fromEntries(wordsIn(command).map((field) => [field, (own[field] ?? aPhrase)()])), ...rest };
};

/** What else than words a command needs, of those that can be carried out in a case just taken. Others are tried, and refused. */
const REST: Readonly<Record<string, (entry: string) => object>> = {
  'journal.add': () => ({ kind: 'health' }), 'meeting.record': () => ({ heldAt: '2026-11-01T10:00:00.000Z', kind: 'personal' }), 'journal.correct': (entry) => ({ entry, kind: 'personal' }),
  'person.update': () => ({}), 'person.correct': () => ({ ageBand: '25-29' }), 'safeContact.set': () => ({ digitalPost: 'never' }), 'circle.add': () => ({ user: people.policeFyn.user, role: 'contact' }),
  'circle.exclude': () => ({ user: people.police2.user }),
};
/** They end somebody's part in the case, and come last. */
const LAST = ['inquiry.close', 'circle.declareConflict', 'circle.remove'];

async function registered(fields: object): Promise<string> {
  const reply = await web.api('municipal', 'POST', '/api/v1/cases', fields);
  expect(reply.statusCode, reply.body).toBe(201);
  const { number } = reply.json<{ number: string }>();
  return (await web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [number]))[0]?.id ?? '';
}

describe('Control 8: what people write', () => {
  it('goes through forms and API into every field of words of a case that is taken', async () => {
    const give = (who: PersonName, id: string, command: string, input: object) => web.api(who, 'POST', `/api/v1/cases/${id}/commands/${command}`, input, { 'idempotency-key': `${command}-${id}` });
    const seats = { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user };
    const conveyed = await registered(filled('inquiry.register', { municipality: '0183' }));
    expect((await give('police', conveyed, 'inquiry.convey', filled('inquiry.convey', { unit: 'fyn', municipality: '0461' }))).statusCode).toBe(200);
    const id = await registered(filled('inquiry.register', { municipality: '0183', place: 'freedom' }));
    expect((await give('police', id, 'inquiry.take', seats)).statusCode).toBe(200);

    // Files too: what stands in them, what they are called, and what was refused.
    const lay = (who: PersonName, bytes: Buffer, fields: object) => sendApi(web, who, id, { fields: { title: aPhrase(), kind: 'personal', ...fields }, files: [{ bytes, name: `${aName()}.pdf` }] });
    expect((await lay('municipal', pdf(aPhrase(), 300_000), { kind: 'health' })).statusCode).toBe(201);
    expect((await lay('police', Buffer.from(`${aPhrase()}\n${aName()}\n`), { own: 'true' })).statusCode).toBe(201);
    expect((await lay('municipal', docx(aPhrase()), {})).statusCode).toBe(201);
    expect((await lay('municipal', Buffer.from(`<svg>${aPhrase()}</svg>`), {})).statusCode).toBe(422);
    expect((await lay('municipal', pdf(aPhrase()), { kind: 'rygter' })).statusCode).toBe(422);
    expect((await sendForm(web, 'municipal', id, pdf(aPhrase()), { title: aPhrase() }, `${aName()}.pdf`)).statusCode).toBe(303);
    for (const { id: file } of (await web.api('municipal', 'GET', `/api/v1/cases/${id}`)).json<{ attachments: { id: string }[] }>().attachments) await web.get('municipal', `/sager/${id}/bilag/${file}`);

    const actions = (await web.api('municipal', 'GET', `/api/v1/cases/${id}/actions`)).json<{ name: string; possible: boolean }[]>();
    const names = actions.filter((action) => action.possible && !LAST.includes(action.name) && wordsIn(action.name).length > 0).map((action) => action.name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(REST)));
    for (const name of [...Object.keys(REST), ...names.filter((one) => !(one in REST))]) {
      const [entry = ''] = (await web.house.opens('municipal', id)).entries.flatMap(({ event }) => ('entry' in event ? [event.entry] : []));
      const reply = await give('municipal', id, name, filled(name, REST[name]?.(entry)));
      expect(REST[name] ? [200] : [200, 422], `${name}: ${reply.body}`).toContain(reply.statusCode);
    }
    for (const who of ['police', 'probation'] as const) expect((await give(who, id, 'journal.add', filled('journal.add', { kind: 'personal', own: true }))).statusCode).toBe(200);
    await give('municipal', id, 'circle.remove', filled('circle.remove', { user: people.probation.user }));

    // Through forms, and wrongly: what was refused is written down no more than what was taken.
    expect((await web.post('jobcentre', '/ny-henvendelse', filled('inquiry.register', { municipality: '0183', place: 'freedom', channel: 'phone', urgent: 'false' }) as Record<string, string>)).statusCode).toBe(200);
    expect((await web.post('jobcentre', '/ny-henvendelse', filled('inquiry.register', { municipality: '9999', cpr: noted('9913995521') }) as Record<string, string>)).statusCode).toBe(422);
    expect((await web.post('municipal', `/sager/${id}/goer/journal.add`, filled('journal.add', { kind: 'rygter' }) as Record<string, string>)).statusCode).toBe(422);
    await web.post('municipal', `/sager/${id}/goer/journal.add`, filled('journal.add', { kind: 'personal', _key: `${syllables(3)}\u0000` }) as Record<string, string>);
    await web.api('municipal', 'POST', `/api/v1/cases/${id}/commands/journal.add`, `{"text":"${aPhrase()}`);
    for (const q of canaries.slice(0, 6)) await web.post('municipal', '/soeg', { q });
    await web.post('municipal', `/sager/${id}/navne`, {});
    for (const url of [`/sager/${id}`, `/sager/${id}/journal`, '/', '/sager', `/api/v1/cases/${id}`]) await web.api('municipal', 'GET', url);
    await give('police', id, 'circle.declareConflict', filled('circle.declareConflict'));
    expect(canaries.length).toBeGreaterThanOrEqual(50);
    expect(new Set(canaries).size).toBe(canaries.length);
  });

  it('did arrive: it is read again by who may', async () => {
    const shown: string[] = [];
    for (const q of canaries.slice(0, 60)) if ((await web.post('municipal', '/soeg', { q })).body.includes('href="/sager/')) shown.push(q);
    expect(shown.length).toBeGreaterThanOrEqual(2);
    const id = (await web.api('municipal', 'GET', '/api/v1/cases')).json<{ id: string }[]>()[0]?.id ?? '';
    const read = (await web.api('municipal', 'GET', `/api/v1/cases/${id}`)).body;
    expect(canaries.filter((one) => read.includes(JSON.stringify(one).slice(1, -1))).length).toBeGreaterThanOrEqual(5);
  });

  it('stands in no table, no log and nothing that was printed', async () => {
    const formatted = canaries.filter((one) => /^\d{10}$/.test(one)).map((one) => formatCpr(one as Parameters<typeof formatCpr>[0]));
    expect(await scanFor([...canaries, ...formatted], { database: web.house.db, texts: { 'what the server logged': web.log.join('\n'), 'standard output': said } })).toEqual([]);
  });

  it.skipIf(dataDir === undefined)('stands in no file of the embedded server: pages, indexes, the log of changes, its own log', async () => {
    const files = await serverFiles(dataDir ?? '', web.house.db, began);
    for (const part of ['/pg_wal/', '/base/', '/global/', 'postgres.log']) expect(files.some((file) => file.includes(part)), part).toBe(true);
    expect(await scanFor(canaries, { files })).toEqual([]);
  });

  it('leaves no fingerprint that a list of numbers could be tried against', async () => {
    const id = await registered({ municipality: '0183', said: 'x' });
    await web.api('police', 'POST', `/api/v1/cases/${id}/commands/inquiry.take`, { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    const guesses = Array.from({ length: 400 }, (_, n) => demonstrationCpr(knownDate('1990-05-17'), 'female', n));
    const cpr = guesses[217];
    expect((await web.api('municipal', 'POST', `/api/v1/cases/${id}/commands/person.update`, { cpr }, { 'idempotency-key': 'fingerprint' })).statusCode).toBe(200);
    const rows = await web.house.db.superuser<{ hash: Buffer }>(`select request_hash as hash from app.command where key = 'fingerprint'`);
    expect(rows).toHaveLength(1);
    const tried = guesses.filter((guess) => createHash('sha256').update(JSON.stringify(['person.update', id, { cpr: guess }])).digest().equals(rows[0]?.hash ?? Buffer.alloc(0)));
    expect(tried).toEqual([]);
  });
});

describe('Control 8: the scan itself', () => {
  const planted = (): string => `Plantet ${syllables(8)} æøå`;

  it('finds what was planted in a table, as text and as bytes, and in an index', async () => {
    const [text, bytes] = [planted(), planted()];
    await web.house.db.superuser('create table app.planted (a text, b bytea); create index on app.planted (a)');
    await web.house.db.superuser('insert into app.planted values ($1, $2)', [text, Buffer.from(`foran ${bytes} bagved`)]);
    expect(await scanFor([text, bytes], { database: web.house.db })).toEqual([
      { canary: text, place: 'app.planted', written: 'utf8' }, { canary: bytes, place: 'app.planted', written: 'hex' },
    ]);
    if (dataDir === undefined) return;
    // Twice: a file of the log of changes may be given another name while the others are read, and is found under it by the second.
    const places = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      for (const { place } of await scanFor([text], { files: await serverFiles(dataDir, web.house.db, began) })) places.add(place);
    }
    const within = (part: string): number => [...places].filter((place) => place.includes(part)).length;
    // The table's own file and its index, and the log of changes.
    expect([within('/base/'), within('/pg_wal/') > 0]).toEqual([2, true]);
  });

  it.skipIf(dataDir === undefined)('finds what was planted in the log of changes alone, and in the server’s log', async () => {
    // More than two pages of the log without a gap: what a page's head cuts in two is found too.
    const changes = Array.from({ length: 500 }, planted);
    const line = planted();
    await web.house.db.superuser('select pg_logical_emit_message(true, $1, $2)', ['canary', changes.join('')]);
    await web.house.db.superuser(`do $$ begin raise log '%', '${line}'; end $$`);
    const hits = await scanFor([...changes, line], { files: await serverFiles(dataDir ?? '', web.house.db, began) });
    const inTheLog = hits.filter((hit) => hit.place.includes('/pg_wal/')).map((hit) => hit.canary);
    expect(changes.filter((change) => !inTheLog.includes(change))).toEqual([]);
    expect(hits.filter((hit) => hit.canary === line).map((hit) => hit.place)).toEqual([expect.stringContaining('postgres.log')]);
  });

  it('finds it in a folder and in a text, however it is dressed', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-canary-'));
    try {
      const canary = planted();
      const ways: Readonly<Record<string, Buffer>> = {
        utf8: Buffer.from(canary), utf16le: Buffer.from(canary, 'utf16le'), latin1: Buffer.from(canary, 'latin1'), hex: Buffer.from(Buffer.from(canary).toString('hex')),
        percent: Buffer.from(encodeURIComponent(canary)), json: Buffer.from(`"${canary.replaceAll('æ', '\\u00e6').replaceAll('ø', '\\u00f8').replaceAll('å', '\\u00e5')}"`),
      };
      for (const [name, bytes] of Object.entries(ways)) writeFileSync(path.join(folder, name), Buffer.concat([Buffer.from('foran '), bytes, Buffer.from(' bagved')]));
      for (const offset of [0, 1, 2]) writeFileSync(path.join(folder, `base64-${offset}`), Buffer.from(`${'x'.repeat(offset)}${canary} bagved`).toString('base64'));
      const hits = await scanFor([canary], { folders: [folder], texts: { output: `linje: ${canary}\n` } });
      expect(hits.map((hit) => `${path.basename(hit.place)} ${hit.written}`).sort()).toEqual(
        ['base64-0 base64', 'base64-1 base64', 'base64-2 base64', 'hex hex', 'json json', 'latin1 latin1', 'output utf8', 'percent percent', 'utf16le utf16le', 'utf8 utf8'],
      );
      expect(await scanFor([planted()], { folders: [folder] })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
