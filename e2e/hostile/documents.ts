import type { Random } from '../../fuzz/random.ts';
// XML that is broken, too much, or strange, in requests that are perfect HTTP.
import { asked } from './kind.ts';
import type { Attempt, Kind } from './kind.ts';
import { methodCall, post } from './wire.ts';

const open = '<methodCall><methodName>';
const name = 'supervisor.getPID';
const document = `${open}${name}</methodName><params></params></methodCall>`;

const body = (bytes: Buffer | string, expected?: string | RegExp): Attempt =>
  asked(post(bytes), expected);

/** In a tag every bit counts; in the name most make another name. */
function flipBit(random: Random): Attempt {
  const bytes = Buffer.from(document);
  const at = random.int(bytes.length);
  const flipped = (bytes[at] as number) ^ (1 << random.int(8));
  bytes[at] = flipped;
  const inName = at >= open.length && at < open.length + name.length;
  const isText =
    flipped < 0x80 && (flipped >= 0x20 || '\t\n\r'.includes(String.fromCharCode(flipped)));
  const isMarkup = '<&'.includes(String.fromCharCode(flipped));
  return body(bytes, inName && isText && !isMarkup ? 'fault 1' : '400');
}

// Elements inside one another that the server accepts; a list takes three of them.
const MAX_DEPTH = 100;
const nestings: readonly (readonly [open: string, close: string, levels: number])[] = [
  ['<value><array><data>', '</data></array></value>', 3],
  ['<value><struct><member><name>a</name>', '</member></struct></value>', 3],
  ['<x>', '</x>', 1],
];

function nestDeeply(random: Random): Attempt {
  const [before, after, levels] = random.pick(nestings);
  const times = random.pick([random.between(1, 60), random.between(100, 20_000)]);
  const inside = before.repeat(times) + '<value>1</value>' + after.repeat(times);
  const depth = 3 + times * levels + 1;
  // What it stands for is one parameter, and getPID takes none.
  const expected = depth <= MAX_DEPTH ? 'fault 2' : '400';
  return body(
    `<methodCall><methodName>${name}</methodName><params><param>${inside}</param></params></methodCall>`,
    expected,
  );
}

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.between(1, 9)).join('');

/** A signal by a number that no system has; the process is there. */
function sendHugeNumber(random: Random): Attempt {
  const sign = random.pick(['', '-', '+']);
  const number = sign + digits(random, random.pick([10, 20, 300, 4000]));
  return body(methodCall('supervisor.signalProcess', 'steady', `<int>${number}</int>`), 'fault 11');
}

const noNumbers = ['', 'x', '1x', '0x10', '1e5', '--1', '1.5', 'NaN', '١x', '1 2', '<int>1</int>'];
const scalars: readonly ((random: Random) => string)[] = [
  (random) => `<int>${random.pick(noNumbers)}</int>`,
  (random) => `<i4>${random.pick(noNumbers)}</i4>`,
  () => `<double>ten</double>`,
  () => '<double></double>',
  () => '<dateTime.iso8601>yesterday</dateTime.iso8601>',
  () => '<dateTime.iso8601>20201301T99:99:99</dateTime.iso8601>',
  () => '<base64>/////w==</base64>',
  () => '<array/>',
  () => '<struct><member><name>a</name></member></struct>',
  () => '<struct><member/></struct>',
];

const notUtf8: readonly (readonly number[])[] = [
  [0xff],
  [0xfe],
  [0x80],
  [0xc0, 0x80],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
];

function spoilUtf8(random: Random): Attempt {
  const at = random.int(document.length + 1);
  return body(
    Buffer.concat([
      Buffer.from(document.slice(0, at)),
      Buffer.from(random.pick(notUtf8)),
      Buffer.from(document.slice(at)),
    ]),
    '400',
  );
}

const doctypes: readonly string[] = [
  '<!DOCTYPE a>',
  '<!DOCTYPE a [<!ENTITY b "supervisor.getPID">]>',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
  '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
  '<!DOCTYPE a PUBLIC "-//X//Y" "file:///etc/passwd">',
  '<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]>',
  `<!DOCTYPE a [<!ENTITY l0 "lol">${Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  ).join('')}]>`,
  '<!DOCTYPE a [<!ATTLIST methodName b CDATA "c">]>',
  '<!doctype a>',
  '<!DOCTYPE',
];

const references = ['&b;', '&l9;', '&nbsp;', '&#0;', '&#x1;', '&#xD800;', '&#x110000;', '&#;', '&'];

function declare(random: Random): Attempt {
  const named = (text: string): string => `${open}${text}</methodName></methodCall>`;
  if (random.int(3) === 0) return body(named(random.pick(references)), '400');
  const text = random.pick(['supervisor.getPID', ...references]);
  return body(`<?xml version="1.0"?>${random.pick(doctypes)}${named(text)}`, '400');
}

const wholes: readonly (readonly [document: string | Buffer, expected: string])[] = [
  ['', '400'],
  [' ', '400'],
  ['\0', '400'],
  ['<', '400'],
  ['<a>', '400'],
  ['</a>', '400'],
  ['<a/>', '400'],
  ['<a/><b/>', '400'],
  ['{"method": "supervisor.getPID"}', '400'],
  ['<methodCall/>', '400'],
  ['<methodCall><methodName/></methodCall>', '400'],
  ['<methodCall><methodName></methodName></methodCall>', '400'],
  [`${document}x`, '400'],
  [`${document}${document}`, '400'],
  [` <?xml version='1.0'?>${document}`, '400'],
  [`<?xml version='1.0'?><?xml version='1.0'?>${document}`, '400'],
  [`<!-- ${'-'.repeat(50)} -->${document}`, '400'],
  [document.replace('<params>', '<params a=1>'), '400'],
  [document.replace('<params>', '<params a="1" a="1">'), '400'],
  [document.replace('<params>', '<params a="<">'), '400'],
  [document.replace('<params>', '<x:params>'), '400'],
  [document.replace('<params>', '<params>]]>'), '400'],
  [document.replace('<params>', '<params><![CDATA['), '400'],
  [document.replace(name, `<![CDATA[${name}]]>`), '200'],
  [Buffer.from(document, 'utf16le'), '400'],
  [`\ufeff${document}`, '200'],
  [`<?xml version='1.0' encoding='utf-16'?>${document}`, '200'],
  [document.replace('</methodName>', '</methodName><!-- a -->'), '200'],
  [document.replaceAll('methodCall', 'anything'), '200'],
  [`<a>${'<b/>'.repeat(300_000)}</a>`, '400'],
  [document.replace(name, ']'.repeat(500_000)), 'fault 1'],
  [' '.repeat(1_000_000), '400'],
];

export const documents: readonly Kind[] = [
  { name: 'a bit of a document is flipped', attempt: flipBit },
  {
    name: 'a document ends too early',
    attempt: (random) => body(document.slice(0, random.int(document.length)), '400'),
  },
  { name: 'elements stand in elements', attempt: nestDeeply },
  { name: 'a number is huge', attempt: sendHugeNumber },
  {
    name: 'a value is none of its type',
    attempt: (random) => body(methodCall(name, random.pick(scalars)(random)), '400'),
  },
  { name: 'bytes are not UTF-8', attempt: spoilUtf8 },
  { name: 'a document declares its own entities', attempt: declare },
  {
    name: 'a document is no call',
    attempt: (random) => body(...random.pick(wholes)),
  },
];
