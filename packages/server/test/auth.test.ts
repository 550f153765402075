import { createHash, scryptSync } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { guarded, matches } from '../src/auth.ts';
import type { Account } from '../src/auth.ts';
import { HttpError } from '../src/http/message.ts';
import type { Reply, Request } from '../src/http/message.ts';

const through: Reply = { status: 200, headers: [], body: Buffer.from('in') };

const joe = (password: string): Account => ({ username: 'joe', password, role: 'full' });

const asking = (header: string | undefined): Request =>
  ({
    header: (name: string) => (name === 'authorization' ? header : undefined),
    patiently: <T>(work: Promise<T>) => work,
  }) as Request;

/** The status that a request with this Authorization header gets. */
async function status(header: string | undefined, password = 'secret'): Promise<number> {
  const handler = guarded(() => through, [joe(password)]);
  try {
    return (await handler(asking(header))).status;
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
    const reply = await guarded(() => through, [joe('x')])(asking(undefined));
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

describe('two accounts', () => {
  const slow = (): string => {
    const salt = Buffer.from('salt');
    const hash = scryptSync('look', salt, 32, { N: 32768, r: 8, p: 1, maxmem: 2 ** 26 });
    return `{SCRYPT}32768$${salt.toString('base64')}$${hash.toString('base64')}`;
  };

  /** A gate that tells the role of whom it lets in. */
  const gate = (readonlyPassword: string) => {
    const ann: Account = { username: 'ann', password: readonlyPassword, role: 'readonly' };
    const roles: string[] = [];
    const handler = guarded(
      (request) => {
        roles.push(request.role);
        return through;
      },
      [joe('secret'), ann],
    );
    return async (name: string) => {
      const { status: answer } = await handler(asking(basic(name)));
      return answer === 200 ? roles.at(-1) : answer;
    };
  };

  test.each(['look', slow(), `{SHA}${createHash('sha1').update('look').digest('hex')}`])(
    'have each their role, with a password such as %s',
    async (password) => {
      const ask = gate(password);
      // Twice: the second time the header is known.
      for (const _time of [1, 2]) {
        expect(await ask('joe:secret')).toBe('full');
        expect(await ask('ann:look')).toBe('readonly');
      }
      expect(await ask('ann:secret')).toBe(401);
      expect(await ask('joe:look')).toBe(401);
      expect(await ask(`ann:${password}`)).toBe(password === 'look' ? 'readonly' : 401);
    },
  );

  test('each have their password tried, so that its time does not tell whether there is such a name', async () => {
    const stored = slow();
    const fastest = async (run: () => Promise<unknown>): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 3; round++) {
        const begin = performance.now();
        await run();
        times.push(performance.now() - begin);
      }
      return Math.min(...times);
    };
    const trial = await fastest(() => matches(stored, 'wrong'));
    const ask = gate(stored);
    for (const name of ['joe', 'ann', 'jim']) {
      expect(await fastest(() => ask(`${name}:wrong`))).toBeGreaterThan(245 + trial / 2);
    }
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
