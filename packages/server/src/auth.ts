import { createHash, scrypt, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { HttpError } from './http/message.ts';
import type { Handler, Reply, Request, Role } from './http/message.ts';
import { errorReply } from './http/replies.ts';

export interface Credentials {
  readonly username: string;
  /** Clear text, `{SHA}` and a hex digest, or `{SCRYPT}N$salt$hash` (both base64). */
  readonly password: string;
}

/** Guessing is not to be quick. */
const WRONG_PASSWORD_MS = 250;

/** Somebody who may come in, and what for. */
export interface Account extends Credentials {
  readonly role: Role;
}

/**
 * The one gate before everything a server has, its errors included: Basic authentication as
 * rpc.md §2 has it. How long an answer takes does not tell whether there is such a name.
 */
export function guarded(handler: Handler, accounts: readonly Account[]): Handler {
  // scrypt is slow on purpose; a client sends the same header with each request.
  const accepted = new Map<Role, string>();
  return async (request: Request): Promise<Reply> => {
    const header = request.header('authorization');
    const [, token] = /^basic +(.*)$/i.exec(header ?? '') ?? [];
    if (header === undefined || token === undefined) return unauthorized();
    const known = [...accepted].find(([, text]) => equal(text, token));
    if (known !== undefined) return handler({ ...request, role: known[0] });
    // Whoever guesses must not take the place of those who know.
    const account = await request.patiently(accountOf(readToken(token), accounts));
    if (account === undefined) return unauthorized();
    accepted.set(account.role, token);
    return handler({ ...request, role: account.role });
  };
}

/** Each password is tried, whatever the name: one may take longer than the other. */
async function accountOf(
  supplied: Credentials,
  accounts: readonly Account[],
): Promise<Account | undefined> {
  const areRight = await Promise.all(
    accounts.map(async ({ username, password }) => {
      const isKnown = equal(username, supplied.username);
      return (await matches(password, supplied.password)) && isKnown;
    }),
  );
  const account = accounts[areRight.indexOf(true)];
  if (account === undefined) await sleep(WRONG_PASSWORD_MS);
  return account;
}

const unauthorized = (): Reply => ({
  ...errorReply(401, [
    ['Connection', 'close'],
    ['WWW-Authenticate', 'Basic realm="default"'],
  ]),
  close: true,
});

function readToken(token: string): Credentials {
  const letters = token.replace(/[^A-Za-z0-9+/=]/g, '');
  if (!/^(?:[^=]{4})*(?:[^=]{2}==|[^=]{3}=)?$/.test(letters)) throw new HttpError(400);
  const bytes = Buffer.from(letters, 'base64');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new HttpError(400);
  const colon = text.indexOf(':');
  if (colon === -1) throw new HttpError(500, 'credentials without a colon');
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Compares a password with what the configuration has for it. */
export async function matches(stored: string, supplied: string): Promise<boolean> {
  if (stored.startsWith('{SHA}')) {
    return equal(stored.slice(5), createHash('sha1').update(supplied).digest('hex'));
  }
  const [, cost, salt, hash] = /^\{SCRYPT\}(\d+)\$([^$]+)\$([^$]+)$/.exec(stored) ?? [];
  if (cost === undefined || salt === undefined || hash === undefined)
    return equal(stored, supplied);
  const expected = Buffer.from(hash, 'base64');
  return timingSafeEqual(expected, await derive(supplied, salt, Number(cost), expected.length));
}

function derive(password: string, salt: string, cost: number, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // scrypt(3) takes 128 * N * r bytes, and Node allows 32 MiB unless told otherwise.
    const options = { N: cost, r: 8, p: 1, maxmem: 2048 * cost };
    scrypt(password, Buffer.from(salt, 'base64'), length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** Takes the same time wherever the texts differ, and whatever their lengths. */
function equal(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
