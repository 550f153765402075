// The raw bindings, private to this package: each line is a prototype from its man page. What
// they mean, and what their numbers mean, stands in the files that use them.
import koffi from './koffi.ts';

/** Pointers to our own memory are Buffers; null is NULL. */
export type Memory = Buffer | BigUint64Array | Int32Array | Uint32Array | null;

// The node binary holds, or is linked with, the C library: no file name to guess, glibc or musl.
const library = koffi.load(null);

function bind<F extends (...values: never[]) => unknown>(
  name: string,
  result: string,
  parameters: string[],
): F {
  return library.func(name, result, parameters) as unknown as F;
}

/** Undefined where this C library has no such function. */
function bindIfThere<F extends (...values: never[]) => unknown>(
  name: string,
  result: string,
  parameters: string[],
): F | undefined {
  try {
    return bind<F>(name, result, parameters);
  } catch {
    return undefined; // koffi: cannot find function
  }
}

/** The errno of the call just made: read it in the very next expression. */
export const lastErrno = (): number => koffi.errno();

type Unary = (value: number) => number;
type OnMemory = (memory: Memory) => number;

// processes
export const posix_spawn = bind<
  (
    pid: Memory,
    file: bigint,
    actions: Memory,
    attributes: Memory,
    argv: bigint,
    envp: bigint,
  ) => number
>('posix_spawn', 'int', ['void *', 'void *', 'void *', 'void *', 'void *', 'void *']);
export const posix_spawnattr_init = bind<OnMemory>('posix_spawnattr_init', 'int', ['void *']);
export const posix_spawnattr_setflags = bind<(attributes: Memory, flags: number) => number>(
  'posix_spawnattr_setflags',
  'int',
  ['void *', 'short'],
);
export const posix_spawnattr_setpgroup = bind<(attributes: Memory, pgid: number) => number>(
  'posix_spawnattr_setpgroup',
  'int',
  ['void *', 'int'],
);
export const posix_spawnattr_setsigdefault = bind<(attributes: Memory, signals: Memory) => number>(
  'posix_spawnattr_setsigdefault',
  'int',
  ['void *', 'void *'],
);
export const posix_spawnattr_setsigmask = bind<(attributes: Memory, signals: Memory) => number>(
  'posix_spawnattr_setsigmask',
  'int',
  ['void *', 'void *'],
);
export const posix_spawn_file_actions_init = bind<OnMemory>(
  'posix_spawn_file_actions_init',
  'int',
  ['void *'],
);
export const posix_spawn_file_actions_destroy = bind<OnMemory>(
  'posix_spawn_file_actions_destroy',
  'int',
  ['void *'],
);
export const posix_spawn_file_actions_adddup2 = bind<
  (actions: Memory, from: number, to: number) => number
>('posix_spawn_file_actions_adddup2', 'int', ['void *', 'int', 'int']);
type AddChdir = (actions: Memory, directory: string) => number;
/** POSIX 2024 drops the suffix; glibc has the old name since 2.29, musl since 1.1.24. */
export const posix_spawn_file_actions_addchdir =
  bindIfThere<AddChdir>('posix_spawn_file_actions_addchdir_np', 'int', ['void *', 'str']) ??
  bindIfThere<AddChdir>('posix_spawn_file_actions_addchdir', 'int', ['void *', 'str']);
export const waitpid = bind<(pid: number, status: Memory, options: number) => number>(
  'waitpid',
  'int',
  ['int', 'void *', 'int'],
);
export const kill = bind<(pid: number, signal: number) => number>('kill', 'int', ['int', 'int']);
export const _exit = bind<(status: number) => void>('_exit', 'void', ['int']);
export const prctl = bind<(option: number, ...typesAndValues: (string | number)[]) => number>(
  'prctl',
  'int',
  ['int', '...'],
);
export const access = bind<(path: string, mode: number) => number>('access', 'int', ['str', 'int']);
export const chdir = bind<(path: string) => number>('chdir', 'int', ['str']);
export const fchdir = bind<Unary>('fchdir', 'int', ['int']);

// credentials: by number, since libc's own functions of these names change every thread
export const syscallWithIds = bind<(number: number, a: number, b: number, c: number) => number>(
  'syscall',
  'long',
  ['long', 'long', 'long', 'long'],
);
export const syscallWithList = bind<(number: number, count: number, list: Memory) => number>(
  'syscall',
  'long',
  ['long', 'long', 'void *'],
);
export const getgroups = bind<(count: number, list: Memory) => number>('getgroups', 'int', [
  'int',
  'void *',
]);

// descriptors
export const pipe2 = bind<(ends: Memory, flags: number) => number>('pipe2', 'int', [
  'void *',
  'int',
]);
export const dup3 = bind<(from: number, to: number, flags: number) => number>('dup3', 'int', [
  'int',
  'int',
  'int',
]);
export const fcntl = bind<(fd: number, command: number, type: 'int', value: number) => number>(
  'fcntl',
  'int',
  ['int', 'int', '...'],
);
export const read = bind<(fd: number, memory: Memory, length: number) => number>('read', 'long', [
  'int',
  'void *',
  'size_t',
]);
export const send = bind<(fd: number, data: Memory, length: number, flags: number) => number>(
  'send',
  'long',
  ['int', 'void *', 'size_t', 'int'],
);

export const poll = bind<(requests: Memory, count: number, timeoutMs: number) => number>(
  'poll',
  'int',
  ['void *', 'ulong', 'int'],
);
/** musl has it since 1.2.5. */
export const pwritev2 = bindIfThere<
  (fd: number, vector: Memory, count: number, offset: number, flags: number) => number
>('pwritev2', 'long', ['int', 'void *', 'int', 'int64', 'int']);

// memory: glibc has these, musl does not
export const mallopt = bindIfThere<(name: number, value: number) => number>('mallopt', 'int', [
  'int',
  'int',
]);
export const malloc_trim = bindIfThere<(pad: number) => number>('malloc_trim', 'int', ['size_t']);

// limits
export const setlocale = bind<(category: number, name: string | null) => string | null>(
  'setlocale',
  'str',
  ['int', 'str'],
);
export const getrlimit = bind<(resource: number, limit: Memory) => number>('getrlimit', 'int', [
  'int',
  'void *',
]);
export const setrlimit = bind<(resource: number, limit: Memory) => number>('setrlimit', 'int', [
  'int',
  'void *',
]);
export const prlimit = bind<(pid: number, resource: number, next: Memory, old: Memory) => number>(
  'prlimit',
  'int',
  ['int', 'int', 'void *', 'void *'],
);

// accounts
type LookUp<Key> = (key: Key, entry: Memory, text: Memory, length: number, found: Memory) => number;
const lookUp = ['void *', 'void *', 'size_t', 'void *'];
export const getpwnam_r = bind<LookUp<string>>('getpwnam_r', 'int', ['str', ...lookUp]);
export const getpwuid_r = bind<LookUp<number>>('getpwuid_r', 'int', ['uint', ...lookUp]);
export const getgrnam_r = bind<LookUp<string>>('getgrnam_r', 'int', ['str', ...lookUp]);
export const getgrgid_r = bind<LookUp<number>>('getgrgid_r', 'int', ['uint', ...lookUp]);
export const getgrouplist = bind<
  (name: string, gid: number, list: Memory, count: Memory) => number
>('getgrouplist', 'int', ['str', 'uint', 'void *', 'void *']);

// sockets
export const socket = bind<(domain: number, type: number, protocol: number) => number>(
  'socket',
  'int',
  ['int', 'int', 'int'],
);
export const bindSocket = bind<(fd: number, address: Memory, length: number) => number>(
  'bind',
  'int',
  ['int', 'void *', 'uint'],
);
export const listen = bind<(fd: number, backlog: number) => number>('listen', 'int', [
  'int',
  'int',
]);
export const setsockopt = bind<
  (fd: number, level: number, name: number, value: Memory, length: number) => number
>('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint']);
export const getaddrinfo = bind<
  (host: string | null, service: string, hints: Memory, found: Memory) => number
>('getaddrinfo', 'int', ['str', 'str', 'void *', 'void *']);
export const freeaddrinfo = bind<(first: bigint) => void>('freeaddrinfo', 'void', ['void *']);
export const gai_strerror = bind<(code: number) => string>('gai_strerror', 'str', ['int']);

// the rest
export const sysconf = bind<Unary>('sysconf', 'long', ['int']);
export const strerror = bind<(errno: number) => string>('strerror', 'str', ['int']);
export const openlog = bind<(ident: Memory, option: number, facility: number) => void>(
  'openlog',
  'void',
  ['void *', 'int', 'int'],
);
export const syslog = bind<(priority: number, format: string, type: 'str', text: string) => void>(
  'syslog',
  'void',
  ['int', 'str', '...'],
);

/** Where this memory is; it stays there for as long as it is referred to. */
export const addressOf = (memory: Exclude<Memory, null>): bigint => koffi.address(memory);
/** The bytes up to the next NUL, as text; undefined for NULL. */
export const textAt = (address: bigint): string | undefined =>
  address === 0n ? undefined : koffi.decode.string(address);
/** A copy of `length` bytes. */
export const bytesAt = (address: bigint, length: number): Buffer =>
  Buffer.from(new Uint8Array(koffi.view(address, length)));
