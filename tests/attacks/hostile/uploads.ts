import { ABSENT, asked, type DesignedAnswer, FORGED, get, type HostileRequest, type HostileRow, MALFORMED, MEDIA, refused, SIGNED_OUT, TO_LOGIN } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer): HostileRow => ({ theme: 'bodies', name, request, answer });

const BOUNDARY = 'x0x0x';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const field = (name: string, value: string): string => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (content: string, name = 'fil.pdf', at = 'file'): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${at}"; filename="${name}"\r\nContent-Type: application/pdf\r\n\r\n${content}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const FILLED = field('title', 'Brev') + field('kind', 'personal');
const PDF = '%PDF-1.7\n%%EOF\n';

const of = (id: string): string => `/api/v1/cases/${id}/attachments`;
const sent = (body: string, id = '«mine»', type = TYPE): HostileRequest => asked('municipal', 'POST', of(id), { 'content-type': type }, body);
const form = (who: 'municipal' | undefined, body: string, id = '«mine»'): HostileRequest =>
  asked(who, 'POST', `/sager/${id}/goer/attachment.add`, { 'content-type': TYPE, origin: '«origin»', 'sec-fetch-site': 'same-origin' }, body);

/** Files, and bodies that say they bring one. */
export const uploads: readonly HostileRow[] = [
  row('markup that is called a PDF', sent(FILLED + file('<svg onload="alert(1)"/>') + END), refused('/file')),
  row('a file called as a way up', sent(FILLED + file('<svg/>', '../../../etc/passwd') + END), refused('/file')),
  row('a file of no name and no bytes', sent(FILLED + file('', '') + END), refused('/file')),
  row('a file under another field’s name', sent(FILLED + file(PDF, 'a.pdf', 'title') + END), refused()),
  row('two files', sent(FILLED + file(PDF) + file(PDF) + END), refused('/file')),
  row('thirty fields before the file', sent(Array.from({ length: 30 }, (_, n) => field(`f${n}`, 'x')).join('') + file(PDF) + END), { status: [413], common: 'large' }),
  row('a field of the prototype', sent(field('__proto__', 'x') + FILLED + file(PDF) + END), MALFORMED),
  row('a field nobody asked for', sent(FILLED + field('scope', 'police') + file(PDF) + END), refused('/scope')),
  row('the kind twice', sent(FILLED + field('kind', 'health') + file(PDF) + END), refused('/kind')),
  row('a body that is cut in the middle of the file', sent(FILLED + file(PDF).slice(0, -12)), MALFORMED),
  row('a body without its boundary', sent(FILLED + file(PDF) + END, '«mine»', 'multipart/form-data'), MALFORMED),
  row('a body of several parts where there is no file', sent(END), refused()),
  row('a file in a field’s place, as JSON', asked('municipal', 'POST', of('«mine»'), { 'content-type': 'application/json' }, JSON.stringify({ title: 'Brev', kind: 'personal', file: PDF })), refused('/file')),
  row('a file in a form that takes none', asked('municipal', 'POST', '/api/v1/cases/«mine»/commands/journal.add', { 'content-type': TYPE }, FILLED + file(PDF) + END), MEDIA),
  row('a file to a case of others', sent(FILLED + file(PDF) + END, '«others»'), { ...ABSENT, likeUnknown: '«others»' }),
  row('what is no file to a case of others', sent(FILLED + file('<svg/>') + END, '«others»'), { ...ABSENT, likeUnknown: '«others»' }),
  row('a file by a form without its token', form('municipal', FILLED + file(PDF) + END), FORGED),
  row('a file of nobody by a form', form(undefined, FILLED + file(PDF) + END), TO_LOGIN),
  row('a file of nobody', asked(undefined, 'POST', of('«mine»'), { 'content-type': TYPE }, FILLED + file(PDF) + END), SIGNED_OUT),
  ...['«others»', '«mine»', '%00', '00000000-0000-0000-0000-000000000000'].map((id) => row(`a file of ${id} that is none`, get('municipal', `/sager/«mine»/bilag/${id}`), ABSENT)),
];
