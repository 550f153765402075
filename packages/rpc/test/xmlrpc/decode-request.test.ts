import { describe, expect, test } from '@jest/globals';

import {
  DateTime,
  decodeRequest,
  Double,
  NoMethodNameError,
  UnmarshallableError,
} from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

const call = (params: string): string =>
  `<?xml version="1.0"?><methodCall><methodName>m</methodName><params>${params}</params></methodCall>`;

const decodeValue = (content: string): RpcValue | undefined =>
  decodeRequest(call(`<param><value>${content}</value></param>`)).params[0];

describe('values', () => {
  const nested = { a: [1, { b: '' }], __proto__: null };
  test.each<[string, RpcValue]>([
    ['<int>5</int>', 5],
    ['<i4> +12\n</i4>', 12],
    ['<int>-0</int>', 0],
    ['<int>1_000</int>', 1000],
    ['<int>9007199254740993</int>', 9007199254740993n],
    ['<i8>5</i8>', '5'],
    ['<foo>b</foo>', 'b'],
    ['<foo><![CDATA[]]></foo>', null],
    ['<x:int xmlns:x="u">1</x:int>', '1'],
    ['<boolean>1</boolean>', true],
    ['<boolean>0</boolean>', false],
    ['<boolean>true</boolean>', false],
    ['<boolean> 1</boolean>', false],
    ['<double>1.0</double>', new Double(1)],
    ['<double> 1_0.5e3 </double>', new Double(10500)],
    ['<double>-Infinity</double>', new Double(-Infinity)],
    ['<double>1e400</double>', new Double(Infinity)],
    ['<string> a </string>', ' a '],
    ['<string/>', ''],
    ['', ''],
    [' bare &lt;text&gt; ', ' bare <text> '],
    ['<string>\r\na\rb</string>', '\na\nb'],
    ['<string>&#13;&#x1F600;</string>', '\r\u{1F600}'],
    ['<string>a<!-- no -->b<?no no?>c<![CDATA[<d>]]></string>', 'abc<d>'],
    ['<base64>aMOpbGxv</base64>', 'h\u00e9llo'],
    ['<base64>a M\nO.p bGxv</base64>', 'h\u00e9llo'],
    ['<base64/>', ''],
    ['<base64>aGk=ignored</base64>', 'hi'],
    [
      '<dateTime.iso8601>20240229T03:04:05</dateTime.iso8601>',
      new DateTime([2024, 2, 29, 3, 4, 5]),
    ],
    ['<array><data/></array>', []],
    ['<array><data>x<value>1</value>y<int>2</int></data></array>', ['1', 2]],
    ['<array><value><int>3</int></value></array>', 3],
    ['<struct/>', {}],
    [
      '<struct><member><name>a</name><value>1</value></member><member><name>a</name><value>2</value></member></struct>',
      { a: '2' },
    ],
    [
      '<struct><member><name>a</name><value><array><data><value><int>1</int></value><value><struct><member><name>b</name><value/></member></struct></value></data></array></value></member></struct>',
      nested,
    ],
    ['<struct><member><name/><value>x</value></member></struct>', { '': 'x' }],
    ['<nil/>', null],
    ['<unknown/>', null],
    ['a<b/>c', null],
    ['<int>5</int>tail', 5],
    ['<string>a</string><string>b</string>', 'a'],
  ])('%s', (content, value) => {
    expect(decodeValue(content)).toEqual(value);
  });

  test.each([
    ['<int>x</int>'],
    ['<int/>'],
    ['<int>1__0</int>'],
    ['<int>0x10</int>'],
    [`<int>${'1'.repeat(4301)}</int>`],
    ['<int><b/>5</int>'],
    ['<double/>'],
    ['<double>1_</double>'],
    ['<dateTime.iso8601/>'],
    ['<dateTime.iso8601>2024-01-02T03:04:05</dateTime.iso8601>'],
    ['<dateTime.iso8601>20230229T00:00:00</dateTime.iso8601>'],
    ['<dateTime.iso8601>20240102T24:00:00</dateTime.iso8601>'],
    ['<base64>aGk</base64>'],
    ['<base64>a</base64>'],
    ['<base64>/w==</base64>'],
    ['<array/>'],
    ['<struct><member><name>a</name></member></struct>'],
    ['<struct><member><value><int>1</int></value><value/></member></struct>'],
  ])('%s is no value', (content) => {
    expect(() => decodeValue(content)).toThrow(UnmarshallableError);
  });

  test('a struct member may have any name and changes nothing but the struct', () => {
    const value = decodeValue(
      '<struct><member><name>__proto__</name><value><struct><member><name>polluted</name><value>1</value></member></struct></value></member></struct>',
    );
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.getPrototypeOf(value)).toBeNull();
  });
});

describe('documents', () => {
  test.each<[string, string, readonly RpcValue[]]>([
    ['without params', '<methodCall><methodName>m</methodName></methodCall>', []],
    ['with any root', '<methodName>m</methodName>', []],
    [
      'with the name last',
      '<a><params><value>x</value></params><methodName>m</methodName></a>',
      ['x'],
    ],
    [
      'with bare values',
      '<a><methodName>m</methodName><params><value/><x>1</x></params></a>',
      ['', '1'],
    ],
    [
      'with two of each',
      '<a><methodName>x</methodName><params><value/></params><params/><methodName>m</methodName></a>',
      [],
    ],
    ['with comments around', ' <!-- a --><a><methodName>m</methodName></a> \n<?pi b?>', []],
    ['with a byte order mark', '\ufeff<?xml version="1.0"?><a><methodName>m</methodName></a>', []],
    ['of another version', '<?xml version="1.1"?><a><methodName>m</methodName></a>', []],
    [
      'of another encoding',
      '<?xml version="1.0" encoding="utf-16"?><a><methodName>m</methodName></a>',
      [],
    ],
  ])('%s', (_, text, params) => {
    expect(decodeRequest(text)).toEqual({ methodName: 'm', params });
    expect(decodeRequest(Buffer.from(text))).toEqual({ methodName: 'm', params });
  });

  test('the method name is not trimmed, and ends where an element begins', () => {
    const text = '<a><methodName> m\n<b/>x</methodName></a>';
    expect(decodeRequest(text).methodName).toBe(' m\n');
  });

  test.each([
    ['<methodCall/>'],
    ['<methodCall><methodName/></methodCall>'],
    ['<a xmlns="u"><methodName>m</methodName></a>'],
    ['<a><methodName><b/>m</methodName></a>'],
  ])('%s names no method', (text) => {
    expect(() => decodeRequest(text)).toThrow(NoMethodNameError);
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['space before the prolog', ' <?xml version="1.0"?><a><methodName>m</methodName></a>'],
    ['text after the end', '<a><methodName>m</methodName></a>x'],
    ['a second root', '<methodName>m</methodName><params/>'],
    ['an open tag', '<a><methodName>m</methodName>'],
    ['crossed tags', '<a><methodName>m</a></methodName>'],
    ['an unknown entity', '<a><methodName>&nbsp;</methodName></a>'],
    ['an unbound prefix', '<a><methodName>m</methodName><x:y/></a>'],
    ['a repeated attribute', '<a b="1" b="2"><methodName>m</methodName></a>'],
    ['a control character', '<a><methodName>m\u0001</methodName></a>'],
    ['the number of one', '<a><methodName>m&#1;</methodName></a>'],
    ['a param without a value', call('<param/>')],
    ['a DOCTYPE', '<!DOCTYPE a><a><methodName>m</methodName></a>'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY e "m">]><a><methodName>&e;</methodName></a>'],
    [
      'a file',
      '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><methodName>&e;</methodName></a>',
    ],
  ])('%s is refused', (_, text) => {
    expect(() => decodeRequest(text)).toThrow(UnmarshallableError);
  });

  test('bytes that are not UTF-8 are refused', () => {
    const bytes = Buffer.from('<a><methodName>m\xe9</methodName></a>', 'latin1');
    expect(() => decodeRequest(bytes)).toThrow('the document is not UTF-8');
  });
});
