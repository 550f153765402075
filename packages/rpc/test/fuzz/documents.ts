import { threeParts } from '../../../../fuzz/cuts.ts';
import type { Random } from '../../../../fuzz/random.ts';

const TEXTS = [
  '',
  'a',
  'supervisor.getState',
  ' x ',
  'ä€',
  '\u{1f600}',
  '\u0663',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'a\nb',
  'a\r\nb',
  '\r',
  '\t',
  '__proto__',
  'constructor',
  'faultCode',
  '1',
  '-',
];
const REFERENCES = [
  '&amp;',
  '&lt;',
  '&gt;',
  '&quot;',
  '&apos;',
  '&#65;',
  '&#x1F600;',
  '&#13;',
  '&#10;',
  '&#xD;',
  '&#9;',
];
const BAD_REFERENCES = [
  '&',
  '&;',
  '&x;',
  '&#0;',
  '&#x0;',
  '&#xD800;',
  '&#xFFFE;',
  '&#x110000;',
  '&#;',
  '&#x;',
  '&amp',
  '&#99999999999;',
  '&#X41;',
  '&nbsp;',
];
const ODD_PIECES = [
  '<',
  '>',
  ']]>',
  ']]',
  '<!--x--y-->',
  '<!-->',
  '<?xml version="1.0"?>',
  '<?x?>',
  '<??>',
  '</value>',
  '<a/>',
  '<a b="1" b="2"/>',
  '<a b=1/>',
  '<a b="<"/>',
  '<a\n>',
  '</ value>',
  '<value >',
  '\0',
  '\x1b',
  '\ufffe',
  '\ud800',
  '\x7f',
  '\x85',
  '<x:int>1</x:int>',
  '<int xmlns="u">1</int>',
  '<xml/>',
  '<a xmlns:b=""/>',
  '<a xmlns:xml="u"/>',
  '<a:b:c/>',
  '<é/>',
  '<-a/>',
  '<!DOCTYPE a>',
  '<![CDATA[',
  '<![cdata[x]]>',
  '<!ELEMENT a>',
];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '+7',
  ' 12 ',
  '1_000',
  '007',
  '2147483648',
  '9007199254740993',
  '-0',
  '1__0',
  '',
  'x',
  '1.0',
  '0x1',
  '\n3\n',
  '99999999999999999999999',
  '1 2',
];
const FLOATS = [
  '1.5',
  '-2.5e-7',
  '0.0',
  '-0.0',
  '1',
  '1.5',
  '.5',
  '5.',
  '1e5',
  '1E-400',
  '1e400',
  'inf',
  '-Infinity',
  'nan',
  '1_0.5',
  '1_',
  '',
  '.',
  'e5',
  ' 2.5 ',
  '0x1p3',
  '1e',
  '+.5e+3',
];
const TIMES = [
  '20260102T03:04:05',
  '20240229T00:00:00',
  '20230229T00:00:00',
  '00000101T00:00:00',
  '2026112T3:4:5',
  '20260102T03:04:60',
  '20260102T24:00:00',
  '20260102',
  '',
  ' 20260102T03:04:05',
  '20261301T00:00:00',
  '20260102t03:04:05',
  '99991231T23:59:59',
  '20260102T03:04:05Z',
];
const BASE64 = [
  '',
  'YQ==',
  'YWI=',
  'YWJj',
  'YW Jj\n',
  'YQ',
  'YQ=',
  'Y',
  '=',
  'YWJj=',
  '/w==',
  'w6Q=',
  '!!!!',
  'YQ==YQ==',
  'Y-Q=',
  '77u/YQ==',
];
const BREAKS = [
  '',
  '',
  '',
  '\n',
  ' ',
  '\t\n',
  '<!-- c -->',
  '<?pi data?>',
  '\r\n',
  '<![CDATA[ ]]>',
  'stray',
];

/** A document and how much of it is meant to be valid. */
export function requestDocument(random: Random): Buffer {
  const name = `<methodName>${random.once(8) ? text(random) : 'supervisor.getState'}</methodName>`;
  const params = random.once(8)
    ? ''
    : wrapped(
        'params',
        random.list(0, 3, () => param(random)),
        random,
      );
  const parts = random.once(12) ? [params, name] : [name, params];
  if (random.once(30)) parts.push(name);
  const root = random.once(20)
    ? random.pick(['x', 'methodResponse', 'value', 'struct', 'param'])
    : 'methodCall';
  const document =
    prolog(random) +
    wrapped(root, parts, random) +
    random.pick(['', '', '\n', ' <!-- -->', 'x', '\0', '<a/>']);
  return mutated(document, random);
}

export const responseDocument = (random: Random): string =>
  `<?xml version="1.0"?>${wrapped('methodResponse', [wrapped('params', [tame(wrapped('param', [value(random, 0, true)], random))], random)], random)}`;

const tame = (part: string): string => part;

function prolog(random: Random): string {
  if (random.once(3)) return '';
  return random.pick([
    "<?xml version='1.0'?>",
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<?xml version="1.0" encoding="iso-8859-1"?>',
    '<?xml version="1.0" encoding="utf-16" standalone="yes"?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.0" standalone="maybe"?>',
    '<?xml encoding="UTF-8"?>',
    '<?xml?>',
    ' <?xml version="1.0"?>',
    '\ufeff<?xml version="1.0"?>',
    '\ufeff',
    '<!-- c -->\n',
    '<?xml version="1.0"?><!DOCTYPE methodCall>',
    '<!DOCTYPE a [<!ENTITY e "x">]>',
    "<?xml  version = '1.0'  ?>",
    '<?XML version="1.0"?>',
    '<?xml version="1.0" encoding="no-such"?>',
    '<?xml version="1.0" encoding="8bit"?>',
  ]);
}

const param = (random: Random): string =>
  random.once(15) ? value(random, 0, false) : wrapped('param', [value(random, 0, false)], random);

function value(random: Random, depth: number, valid: boolean): string {
  if (!valid && random.once(40)) return random.pick(['<value/>', '<value></value>', '<nil/>', 'x']);
  return `<value${blank(random)}>${valid ? '' : random.once(20) ? random.pick(BREAKS) : ''}${typed(random, depth, valid)}</value${blank(random)}>`;
}

const blank = (random: Random): string => (random.once(15) ? random.pick([' ', '\n', '\t ']) : '');

function typed(random: Random, depth: number, valid: boolean): string {
  const from = (list: readonly string[]): string =>
    valid || random.once(3) ? list[random.int(2)]! : random.pick(list);
  switch (random.int(depth > 3 ? 8 : 12)) {
    case 0:
      return element(random.pick(['int', 'i4']), from(NUMBERS), random);
    case 1:
      return element('boolean', from(['1', '0', '', 'true', ' 1', '2']), random);
    case 2:
    case 3:
      return element('string', text(random), random);
    case 4:
      return element('double', from(FLOATS), random);
    case 5:
      return valid
        ? element('string', text(random), random)
        : element('dateTime.iso8601', from(TIMES), random);
    case 6:
      return valid ? text(random) : element('base64', from(BASE64), random);
    case 7:
      return valid
        ? element('i4', '5', random)
        : random.pick([
            '<nil/>',
            '<i8>5</i8>',
            '<i1>x</i1>',
            '<unknown>x</unknown>',
            text(random),
            '<a>x<b>y</b>z</a>',
            'a<b/>c',
          ]);
    case 8:
    case 9:
      return wrapped(
        'array',
        [
          wrapped(
            'data',
            random.list(0, 4, () => value(random, depth + 1, valid)),
            random,
          ),
        ],
        random,
      );
    default:
      return wrapped(
        'struct',
        random.list(0, 4, () => member(random, depth, valid)),
        random,
      );
  }
}

function member(random: Random, depth: number, valid: boolean): string {
  const name = element('name', valid ? `n${random.int(9)}` : text(random), random);
  const parts = [name, value(random, depth + 1, valid)];
  if (!valid && random.once(20)) parts.push(random.pick(['<a/>', name]));
  if (!valid && random.once(20)) parts.reverse();
  return wrapped('member', parts, random);
}

const element = (name: string, content: string, random: Random): string =>
  content === '' && random.once(2) ? `<${name}/>` : `<${name}>${parted(content, random)}</${name}>`;

/** Text in the ways in which it may be written down. */
function parted(content: string, random: Random): string {
  if (!random.once(12) || content.includes('&') || content.includes('<')) return content;
  const at = random.int(content.length + 1);
  const rest = content.slice(at);
  return (
    content.slice(0, at) + random.pick([`<![CDATA[${rest}]]>`, `<!-- -->${rest}`, `<?p?>${rest}`])
  );
}

const text = (random: Random): string =>
  random.list(0, 2, () => (random.once(4) ? random.pick(REFERENCES) : random.pick(TEXTS))).join('');

function wrapped(name: string, parts: readonly string[], random: Random): string {
  const between = (): string => (random.once(6) ? random.pick(BREAKS.slice(0, 9)) : '');
  const attribute = random.once(40)
    ? random.pick([' a="1"', " b='x>y'", ' xmlns:x="u"', ' xml:lang="en"'])
    : '';
  if (parts.length === 0 && random.once(3)) return `<${name}${attribute}/>`;
  return `<${name}${attribute}>${between()}${parts.map((part) => part + between()).join('')}</${name}>`;
}

/** Now and then something is cut out, put in, doubled or turned over. */
export function mutated(document: string, random: Random): Buffer {
  let changed = document;
  if (random.once(3)) {
    const [before, inside, after] = threeParts(changed, random, [3, 20, 100]);
    changed = random.pick([
      before + after,
      before + inside + inside + after,
      before,
      before +
        random.pick([...ODD_PIECES, ...BAD_REFERENCES, ...REFERENCES, ...TEXTS]) +
        inside +
        after,
      after + before,
    ]);
  }
  const bytes = Buffer.from(changed);
  if (random.once(15) && bytes.length > 0) bytes[random.int(bytes.length)]! ^= 1 << random.int(8);
  return bytes;
}
