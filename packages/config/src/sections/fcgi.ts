import { readerOf, type Context } from '../context.ts';
import { BadValue } from '../errors.ts';
import { fcgiProgramOptions } from '../options/groups.ts';
import type { SectionReader } from '../options/read.ts';
import type { ValuesOf } from '../options/table.ts';
import { isAbsolute } from '../python/paths.ts';
import { pythonRepr } from '../python/repr.ts';
import type { Section } from '../reader/sections.ts';
import type { FcgiSocketConfig, Owner } from '../types.ts';
import { readPort } from '../values/address.ts';
import { readAbsolute } from '../values/paths.ts';
import type { World } from '../world.ts';

type FcgiValues = ValuesOf<typeof fcgiProgramOptions>;

/** The socket of an `[fcgi-program:x]`, and its priority as a group. */
export function readFcgi(
  context: Context,
  section: Section,
  program: string,
): { priority: number; socket: FcgiSocketConfig } {
  const reader = readerOf(context, section);
  const forSocket = context.here.with({ program_name: program });
  const values = reader.table(fcgiProgramOptions, (key) =>
    key === 'socket' ? forSocket : context.here,
  );
  return { priority: values.priority, socket: readSocket(values, reader) };
}

function readSocket(values: FcgiValues, reader: SectionReader): FcgiSocketConfig {
  try {
    return parseSocket(values.socket!, values, reader.world);
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    return reader.fail(`${error.message} in [${reader.section.name}] socket`, 'socket');
  }
}

function parseSocket(url: string, values: FcgiValues, world: World): FcgiSocketConfig {
  const backlog = values.socket_backlog;
  if (url.startsWith('unix://')) {
    const given = url.slice('unix://'.length);
    if (!isAbsolute(given)) throw tuple('Unix socket path %s is not an absolute path', given);
    return {
      family: 'unix',
      path: readAbsolute(given, world),
      owner: values.socket_owner ?? ownerByUser(values, world),
      mode: values.socket_mode ?? 0o700,
      backlog,
    };
  }
  if (values.socket_owner !== null || values.socket_mode !== null) {
    throw new BadValue(
      'socket_owner and socket_mode params should only be used with a Unix domain socket',
    );
  }
  const match = /^tcp:\/\/([^\s:]+):(\p{Nd}+)\n?$/u.exec(url);
  if (!match) throw tuple('Bad socket format %s', url);
  return { family: 'tcp', host: match[1]!.toLowerCase(), port: readPort(match[2]!), backlog };
}

function ownerByUser({ user }: FcgiValues, { accounts, uid }: World): Owner | null {
  if (user === null || user.uid === uid) return null;
  return { uid: user.uid, gid: user.gid ?? accounts.userById(user.uid)?.gid ?? null };
}

/** supervisord shows the arguments of its exception instead of a sentence. */
function tuple(format: string, value: string): BadValue {
  return new BadValue(`(${pythonRepr(format)}, ${pythonRepr(value)})`);
}
