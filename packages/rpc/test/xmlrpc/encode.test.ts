import { describe, expect, test } from '@jest/globals';

import {
  DateTime,
  decodeRequest,
  Double,
  encodeFault,
  encodeRequest,
  encodeResponse,
  fault,
  UnencodableError,
} from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

const response = (value: string): string =>
  `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n${value}\n</param>\n</params>\n</methodResponse>\n`;

describe('responses', () => {
  test.each<[string, RpcValue, string]>([
    ['a string', '3.0', '<value><string>3.0</string></value>'],
    ['an empty string', '', '<value><string></string></value>'],
    ['the three escapes', `a<b>&"'`, `<value><string>a&lt;b&gt;&amp;"'</string></value>`],
    [
      'control characters',
      'a\u0000\u001b\r\n',
      '<value><string>a\u0000\u001b\r\n</string></value>',
    ],
    ['an integer', -5, '<value><int>-5</int></value>'],
    ['the largest', 2147483647, '<value><int>2147483647</int></value>'],
    ['the smallest', -2147483648n, '<value><int>-2147483648</int></value>'],
    ['minus zero', -0, '<value><int>0</int></value>'],
    ['true', true, '<value><boolean>1</boolean></value>'],
    ['false', false, '<value><boolean>0</boolean></value>'],
    ['a fraction', 1.5, '<value><double>1.5</double></value>'],
    ['a double', new Double(1), '<value><double>1.0</double></value>'],
    [
      'a date',
      new DateTime([2024, 1, 2, 3, 4, 5]),
      '<value><dateTime.iso8601>20240102T03:04:05</dateTime.iso8601></value>',
    ],
    ['an empty list', [], '<value><array><data>\n</data></array></value>'],
    [
      'a list',
      ['a', [1]],
      '<value><array><data>\n<value><string>a</string></value>\n<value><array><data>\n<value><int>1</int></value>\n</data></array></value>\n</data></array></value>',
    ],
    ['an empty struct', {}, '<value><struct>\n</struct></value>'],
    [
      'a struct',
      { b: 1, 'a<': '' },
      '<value><struct>\n<member>\n<name>b</name>\n<value><int>1</int></value>\n</member>\n<member>\n<name>a&lt;</name>\n<value><string></string></value>\n</member>\n</struct></value>',
    ],
  ])('%s', (_, value, expected) => {
    expect(encodeResponse(value)).toBe(response(expected));
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['nothing', undefined],
    ['an integer over 32 bits', 2147483648],
    ['an integer under 32 bits', -2147483649],
    ['a large integer', 10n ** 20n],
    ['a member without a value', { a: undefined }],
    ['a null in a list', ['a', null]],
    ['a function', () => 1],
    ['a map', new Map()],
    ['a promise', Promise.resolve(1)],
  ])('%s cannot be sent', (_, value) => {
    expect(() => encodeResponse(value as RpcValue)).toThrow(UnencodableError);
  });

  test('a list that contains itself cannot be sent', () => {
    const list: RpcValue[] = [];
    list.push(list);
    expect(() => encodeResponse(list)).toThrow('nested deeper than 200 levels');
  });
});

test('a fault', () => {
  expect(encodeFault(fault('BAD_NAME', 'a<b'))).toBe(
    "<?xml version='1.0'?>\n<methodResponse>\n<fault>\n<value><struct>\n<member>\n<name>faultCode</name>\n<value><int>10</int></value>\n</member>\n<member>\n<name>faultString</name>\n<value><string>BAD_NAME: a&lt;b</string></value>\n</member>\n</struct></value>\n</fault>\n</methodResponse>\n",
  );
});

describe('requests', () => {
  test('a call', () => {
    expect(encodeRequest('supervisor.startProcess', ['a&b', true])).toBe(
      "<?xml version='1.0'?>\n<methodCall>\n<methodName>supervisor.startProcess</methodName>\n<params>\n<param>\n<value><string>a&amp;b</string></value>\n</param>\n<param>\n<value><boolean>1</boolean></value>\n</param>\n</params>\n</methodCall>\n",
    );
  });

  test('a call without parameters', () => {
    expect(encodeRequest('m', [])).toBe(
      "<?xml version='1.0'?>\n<methodCall>\n<methodName>m</methodName>\n<params>\n</params>\n</methodCall>\n",
    );
  });

  test('a string that XML cannot carry goes as base64, and arrives as it was', () => {
    const text = 'a\u0003\r\n\u00e9\uffff';
    const request = encodeRequest('m', [text]);
    expect(request).toContain('<base64>');
    expect(decodeRequest(request)).toEqual({ methodName: 'm', params: [text] });
  });
});
