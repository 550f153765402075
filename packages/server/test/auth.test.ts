import { createHash, scryptSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { guarded, matches } from '../src/auth.ts';
import { HttpError } from '../src/http/message.ts';
import type { Reply, Request } from '../src/http/message.ts';

const through: Reply = { status: 200, headers: [], body: Buffer.from('in') };

/** The status that a request with this Authorization header gets. */
async function status(header: string | undefined, password = 'secret'): Promise<number> {
  const handler = guarded(() => through, { username: 'joe', password });
  const request = {
    header: (name: string) => (name === 'authorization' ? header : undefined),
    patiently: <T>(work: Promise<T>) => work,
  };
  try {
    return (await handler(request as Request)).status;
  } catch (error) {
    return error instanceof HttpError ? error.status : 500;
  }
}

const basic = (text: string | Buffer): string =>
  `Basic ${Buffer.from(text as string).toString('base64')}`;

describe('Basic authentication', () => {
  test.each([
    ['the right name and password', basic('joe:secret'), 200],
    ['a scheme in any case', basic('joe:secret').replace('Basic', 'bAsIc'), 200],
    ['base64 with other characters in it', `${basic('joe:secret')}*`, 200],
    ['no header', undefined, 401],
    ['another scheme', 'Bearer am9lOnNlY3JldA==', 401],
    ['a wrong password', basic('joe:wrong'), 401],
    ['a longer password', basic('joe:secret:more'), 401],
    ['a wrong name', basic('jim:secret'), 401],
    ['no password', basic('joe:'), 401],
    ['no name', basic(':secret'), 401],
    ['text without a colon', basic('joe'), 500],
    ['base64 that is cut', 'Basic am9lO', 400],
    ['bytes that are no UTF-8', basic(Buffer.from([0xff, 0x3a])), 400],
  ])('answers %s with the status it always had', async (_what, header, expected) => {
    expect(await status(header)).toBe(expected);
  });

  test('asks for credentials and closes the connection', async () => {
    const reply = await guarded(() => through, { username: 'joe', password: 'x' })({
      header: () => undefined,
    } as unknown as Request);
    expect(reply.headers.map(([name]) => name)).toEqual([
      'Connection',
      'WWW-Authenticate',
      'Content-Length',
      'Content-Type',
    ]);
    expect(reply).toMatchObject({ status: 401, close: true });
  });

  test('takes a while over a wrong password', async () => {
    const begin = performance.now();
    await status(basic('joe:wrong'));
    expect(performance.now() - begin).toBeGreaterThan(200);
  });
});

describe('a stored password', () => {
  test('may be a SHA-1 digest in lower case', async () => {
    const digest = createHash('sha1').update('sécret').digest('hex');
    expect(await matches(`{SHA}${digest}`, 'sécret')).toBe(true);
    expect(await matches(`{SHA}${digest}`, 'secret')).toBe(false);
    expect(await matches(`{SHA}${digest}`, digest)).toBe(false);
  });

  test('may be derived by scrypt', async () => {
    const salt = Buffer.from('salt');
    const hash = scryptSync('secret', salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = `{SCRYPT}1024$${salt.toString('base64')}$${hash.toString('base64')}`;
    expect(await matches(stored, 'secret')).toBe(true);
    expect(await matches(stored, 'Secret')).toBe(false);
    expect(await status(basic('joe:secret'), stored)).toBe(200);
  });
});
