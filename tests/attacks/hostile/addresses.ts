import { ABSENT, byLine, type DesignedAnswer, type HostileRow, lookAt, PAGE } from './row.js';

type Tried = readonly [name: string, target: string, answer?: DesignedAnswer];
/** Looked at by a member of «mine», who would be shown anything that he reaches. */
const looks = (rows: readonly Tried[]): readonly HostileRow[] =>
  rows.map(([name, target, answer = ABSENT]) => ({ theme: 'addresses', name, request: lookAt('municipal', target), answer }));

const LONG = 'a'.repeat(200);

const upAndDown: readonly Tried[] = [
  ['up and down again', '/sager/../sager/«mine»'], ['up in percent signs', '/sager/%2e%2e/sager/«mine»'], ['up, half in percent signs', '/sager/.%2e/sager/«mine»'], ['up, encoded twice', '/sager/%252e%252e/«mine»'], ['up, encoded three times', '/sager/%25252e/«mine»'],
  ['from one’s own case to others’', '/sager/«mine»/../«others»'], ['the same in percent signs', '/sager/«mine»/%2e%2e/«others»'], ['the same with an encoded stroke', '/sager/«mine»/..%2f«others»'], ['the same with everything encoded', '/sager/«mine»%2f%2e%2e%2f«others»'],
  ['the same over the API', '/api/v1/cases/«mine»/../«others»'], ['a full stop as a step', '/sager/./«mine»'], ['three full stops', '/sager/.../«mine»'], ['up out of the root', '/../../../../etc/passwd'], ['up out of the API', '/api/v1/../../sager'],
  ['up at the end', '/sager/«mine»/..'], ['an encoded stroke for a stroke', '/sager%2f«mine»'], ['an encoded stroke after the case', '/sager/«mine»%2fjournal'],
];
const strokes: readonly Tried[] = [
  ['a backslash for a stroke', '/sager\\«mine»'], ['a backslash after the case', '/sager/«mine»\\journal'], ['encoded backslashes', '/sager%5c«mine»'], ['up by backslashes', '/sager/..\\..\\«others»'], ['up by encoded backslashes', '/sager/..%5c..%5c«others»'],
  ['two strokes first', '//sager/«mine»'], ['two strokes within', '/sager//«mine»'], ['three strokes', '///'], ['two strokes and another site', '//ond.example/sager'], ['a backslash and another site', '/\\ond.example'], ['a stroke at the end', '/sager/«mine»/'], ['two strokes at the end', '/sager/«mine»//'],
];
const signs: readonly Tried[] = [
  ['a zero byte after the case', '/sager/«mine»%00'], ['a zero byte before the case', '/sager/%00«mine»'], ['a zero byte and an ending', '/sager/«mine»%00.html'], ['a line feed in the address', '/sager/«mine»%0a'], ['a line feed and a header', '/sager/«mine»%0d%0aSet-Cookie:%20udvej=x'],
  ['a line feed and a header, without a case', '/%0d%0aLocation:%20https://ond.example'], ['a space after the case', '/sager/«mine»%20'], ['a space before the case', '/sager/%20«mine»'], ['a tab', '/sager/«mine»%09'], ['a full stop at the end', '/sager/«mine».'], ['two full stops at the end', '/sager/«mine»..'],
  ['an ending', '/sager/«mine».json'], ['a parameter of the path', '/sager/«mine»;a=b'], ['a parameter before the case', '/sager;jsessionid=1/«mine»'], ['a parameter of everything', '/;/sager'], ['a matrix', '/sager;v=1;w=2/«mine»;x=3/journal'], ['a comma', '/sager/«mine»,journal'], ['a colon', '/sager/:id'],
  ['a plus for a space', '/sager/«mine»+'], ['a tilde', '/~root/'], ['an at sign', '/sager/«mine»@ond.example'], ['a star', '/sager/*'], ['braces', '/sager/{id}'], ['a tag', '/sager/%3Cscript%3Ehx(1)%3C%2Fscript%3E'], ['SQL', "/sager/'%20or%20'1'='1"], ['a template', '/sager/%7B%7B7*7%7D%7D'],
];
const letters: readonly Tried[] = [
  ['all in capitals', '/SAGER/«mine»'], ['a capital first', '/Sager/«mine»'], ['the case in capitals', '/sager/«mine:upper»'], ['the API in capitals', '/API/v1/cases'], ['a command in capitals', '/sager/«mine»/goer/Journal.Add'], ['wide letters', '/%EF%BD%93ager/«mine»'],
  ['a letter that only looks so', '/s%D0%B0ger/«mine»'], ['a letter with its mark apart', '/so%CC%88eg'], ['a soft hyphen', '/sa%C2%ADger/«mine»'], ['a joiner without width', '/sager/«mine»%E2%80%8D'], ['text turned round', '/sager/%E2%80%AE«mine»'], ['a full stop of full width', '/sager/%EF%BC%8E%EF%BC%8E/«others»'],
  ['a stroke of full width', '/sager%EF%BC%8F«mine»'], ['a small long s', '/%C5%BFager/«mine»'], ['an overlong full stop', '/sager/%c0%ae%c0%ae/«others»'], ['an overlong stroke', '/sager%c0%af«mine»'], ['half of a letter', '/sager/%c3'], ['no letter at all', '/sager/%ff%fe'], ['half of a pair', '/sager/%ed%a0%80'],
  ['a percent sign alone', '/sager/%'], ['percent and no number', '/sager/%zz'], ['as scripts wrote it once', '/sager/%u002e%u002e'],
  ['letters in percent signs, which are the same address', '/%73ager/«mine»', PAGE], ['a page in percent signs, which is the same address', '/sager/«mine»/%6aournal', PAGE],
];
const long: readonly Tried[] = [
  ['a part of two hundred signs', `/sager/${LONG}`], ['a page of two hundred signs', `/sager/«mine»/${LONG}`], ['a command of two hundred signs', `/sager/«mine»/goer/${LONG}`], ['two hundred signs after an encoded question mark', `/sager/%3F${LONG}`], ['two hundred signs cut up by encoded strokes', `/sager/${'aaa%2F'.repeat(50)}`],
  ['a command cut up by encoded strokes', `/sager/«mine»/goer/${'aaa%2F'.repeat(50)}`], ['a case over the API, cut up by encoded strokes', `/api/v1/cases/${'aaa%2F'.repeat(50)}`], ['a case over the API, after an encoded question mark', `/api/v1/cases/%3F${LONG}/actions`], ['two hundred encoded percent signs', `/sager/${'%25'.repeat(200)}`],
  ['five thousand signs', `/${'a'.repeat(5_000)}`], ['two thousand steps', `/${'a/'.repeat(2_000)}`], ['a thousand steps up', `/${'../'.repeat(1_000)}etc/passwd`], ['a question of five thousand signs, which nobody reads', `/sager?${'a'.repeat(5_000)}=1`, PAGE],
  ['a question that cannot be read', '/sager?side=%zz'], ['a fragment, which is no part of an address', '/sager/«mine»#x', { status: [200, 400, 404] }],
];
const files: readonly Tried[] = ([
  ['the program above its files', '/assets/../server.ts'], ['a file above, in percent signs', '/assets/%2e%2e/server.ts'], ['a file above, with encoded strokes', '/assets/..%2f..%2fserver.ts'], ['a file above, encoded twice', '/assets/%252e%252e%252fserver.ts'], ['a file above, by backslashes', '/assets/..\\server.ts'], ['a file above, by encoded backslashes', '/assets/..%5cserver.ts'],
  ['out of the design system', '/assets/dkfds/../../package.json'], ['out of the design system by encoded strokes', '/assets/dkfds/..%2f..%2fpackage.json'], ['a file of the machine', '/assets//etc/passwd'], ['the folder', '/assets/'], ['the folder as a step', '/assets/.'], ['a hidden file', '/assets/.env'],
] as const).map(([name, target]) => [name, target, { status: [404] }]);
const zeroByte: readonly Tried[] = [['a file with a zero byte', '/assets/udvej.css%00.html', { status: [400, 404] }]];
const guessed: readonly Tried[] = ['/.git/config', '/.env', '/package.json', '/docs', '/metrics', '/admin', '/wp-login.php', '/actuator/health', '/graphql', '/swagger.json', '/debug/pprof', '/server-status', '/api/v2/cases', '/api/v1/users', '/api/v1/cases/', '/api//v1/cases', '/api/v1/cases.json', '/demo-login/auth', '/.well-known/security.txt', '/robots.txt']
  .map((target): Tried => [`a guess: ${target}`, target]);

/** Targets of other shapes than a path. */
const shapes: readonly HostileRow[] = ([
  ['the whole address of another site, which is our own path', 'GET http://ond.example/sager HTTP/1.1', PAGE],
  ['the whole address of another site, to a case of others', 'GET http://ond.example/sager/«others» HTTP/1.1', { ...ABSENT, likeUnknown: '«others»' }],
  ['nothing but a star', 'GET * HTTP/1.1', ABSENT], ['nothing but a star, as a question', 'OPTIONS * HTTP/1.1', ABSENT], ['a host that is none', 'GET http://[x/sager HTTP/1.1', { status: [200, 400, 404] }], ['a scheme that is none of ours', 'GET ftp://ond.example/sager HTTP/1.1', { status: [400, 404] }],
  ['the whole address of another site, after a long part', `GET http://ond.example/sager/%3F${LONG} HTTP/1.1`, ABSENT],
] as const).map(([name, line, answer]) => ({ theme: 'addresses', name, request: byLine('municipal', [line, 'Host: 127.0.0.1:3000', 'Connection: close', 'Cookie: udvej=«token:municipal»']), answer }));

export const addresses: readonly HostileRow[] = [...looks([...upAndDown, ...strokes, ...signs, ...letters, ...long, ...files, ...zeroByte, ...guessed]), ...shapes];
