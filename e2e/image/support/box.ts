/**
 * What a container is to a program in it, without a container engine: pid 1 of a pid namespace,
 * its own mounts, ipc and host name, and a root folder that holds a busybox, the bundle in
 * /opt/tsvisor, /dev, /proc and nothing else.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Sandbox, descendants, waitFor } from '../../support/sandbox.ts';
import type { Ended, Running } from '../../support/sandbox.ts';
import { theImage } from './bundle.ts';
import type { Image } from './bundle.ts';

export const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(existsSync);

/** Why no box can be made here; undefined if one can. */
export const whyNoBox = ((): string | undefined => {
  if (process.getuid?.() !== 0) return 'needs root';
  if (busybox === undefined) return 'needs busybox-static';
  const kinds = ['--pid', '--mount', '--ipc', '--uts', '--fork'];
  const { status } = spawnSync('unshare', [...kinds, 'mount', '-t', 'tmpfs', 'none', '/mnt']);
  return status === 0 ? undefined : 'needs the right to make namespaces';
})();

/** For the title of tests that run in a box. */
export const skipped = whyNoBox === undefined ? '' : ` (skipped: ${whyNoBox})`;

/** Who a program in the box is: an OpenShift container gets such a uid, and group 0. */
export const anybody = { uid: 1_000_740_000, gid: 0 } as const;

export interface BoxOptions {
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Only /dev/shm can be written to. */
  readonly readOnly?: boolean;
  /** Without /etc/passwd and /etc/group. */
  readonly noAccounts?: boolean;
  /** Without /bin. */
  readonly noShell?: boolean;
  /** All that there is of an environment; a PATH unless told. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What runs chroot in turn: prlimit, script. */
  readonly through?: readonly string[];
  /** Below another process than pid 1 of a namespace. */
  readonly inThisPidNamespace?: boolean;
  /** On a terminal of its own: what is written to the process' stdin is typed there. */
  readonly terminal?: boolean;
  /** Where its standard output goes; collected unless told. */
  readonly stdout?: number;
}

export const accounts = {
  passwd: 'root:x:0:0:root:/root:/bin/sh\napp:x:1234:1234::/:/bin/sh\nnobody:x:65534:65534::/:\n',
  group: 'root:x:0:\napp:x:1234:\nlogs:x:4321:app\nnogroup:x:65534:\n',
} as const;

/** Mounts what a container engine would, and becomes the program: $1 root, $2 bundle, $3 tools. */
const enter = `
set -e
R=$1 bundle=$2 tools=$3
shift 3
mount --bind "$R" "$R"
mount --bind "$bundle" "$R/opt/tsvisor"
mount -o remount,bind,ro "$R/opt/tsvisor"
if [ "$tools" != none ]; then
  mount --bind "$tools" "$R/bin"
  mount -o remount,bind,ro "$R/bin"
fi
mount -t proc proc "$R/proc"
mount -t tmpfs -o mode=755 tmpfs "$R/dev"
for device in null zero full random urandom tty; do
  touch "$R/dev/$device"
  mount --bind "/dev/$device" "$R/dev/$device"
done
ln -s /proc/self/fd "$R/dev/fd"
ln -s fd/0 "$R/dev/stdin"
ln -s fd/1 "$R/dev/stdout"
ln -s fd/2 "$R/dev/stderr"
mkdir "$R/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$R/dev/shm"
[ -z "$BOX_READ_ONLY" ] || mount -o remount,bind,ro "$R"
exec "$@"
`;

/** A program that runs until it is stopped. */
export const sleeper = ['[program:sleeper]', 'command=/bin/sleep 1000'] as const;

export class Box {
  readonly #sandbox = new Sandbox();
  readonly #options: BoxOptions;
  readonly #image: Image;
  #running: Running | undefined;

  static async make(options: BoxOptions = {}): Promise<Box> {
    return new Box(options, await theImage(busybox as string));
  }

  private constructor(options: BoxOptions, image: Image) {
    this.#options = options;
    this.#image = image;
    for (const folder of ['opt/tsvisor', 'proc', 'dev', 'etc', 'tmp', 'run', 'work']) {
      mkdirSync(this.outside(folder), { recursive: true });
    }
    if (options.noShell !== true) mkdirSync(this.outside('bin'));
    for (const folder of ['tmp', 'run', 'work']) spawnSync('chmod', ['1777', this.outside(folder)]);
    spawnSync('chmod', ['755', this.#sandbox.folder, this.outside('')]);
    if (options.noAccounts === true) return;
    this.write('/etc/passwd', accounts.passwd);
    this.write('/etc/group', accounts.group);
  }

  /** A file in the box, as it is seen from outside. Not below /dev and /proc. */
  outside(path: string): string {
    return join(this.#sandbox.folder, 'root', path);
  }

  write(path: string, text: string, mode = 0o644): void {
    writeFileSync(this.outside(path), text, { mode });
  }

  read(path: string): string {
    return existsSync(this.outside(path)) ? readFileSync(this.outside(path), 'utf8') : '';
  }

  /** A shell script in /work. */
  script(name: string, ...lines: readonly string[]): string {
    this.write(`/work/${name}`, ['#!/bin/sh', ...lines, ''].join('\n'), 0o755);
    return `/work/${name}`;
  }

  /** /etc/supervisord.conf, with a socket in this folder. */
  configure(lines: readonly string[], supervisord: readonly string[] = [], folder = '/run'): void {
    this.write(
      '/etc/supervisord.conf',
      [
        '[unix_http_server]',
        `file=${folder}/s.sock`,
        '[supervisord]',
        'logfile=/dev/null',
        'logfile_maxbytes=0',
        `pidfile=${folder}/d.pid`,
        `childlogdir=${folder}`,
        ...supervisord,
        '[rpcinterface:supervisor]',
        'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
        '[supervisorctl]',
        `serverurl=unix://${folder}/s.sock`,
        ...lines,
        '',
      ].join('\n'),
    );
  }

  /** Starts a program as pid 1 of the box. */
  run(...command: readonly string[]): Running {
    const { user, through = [], inThisPidNamespace, readOnly, noShell, terminal } = this.#options;
    const environment = this.#options.environment ?? { PATH: '/bin:/usr/bin' };
    const asPid1 = inThisPidNamespace === true ? [] : ['--pid', '--fork', '--kill-child'];
    const chroot = [
      '/usr/sbin/chroot',
      ...(user === undefined ? [] : [`--userspec=${user.uid}:${user.gid}`]),
      this.outside(''),
    ];
    const words = [
      '--mount',
      '--ipc',
      '--uts',
      ...asPid1,
      '/bin/sh',
      '-c',
      enter,
      'box',
      this.outside(''),
      this.#image.bundle,
      noShell === true ? 'none' : this.#image.tools,
      ...through,
      '/usr/bin/env',
      '-i',
      '--default-signal=INT',
      ...Object.entries(environment).map(([key, value]) => `${key}=${value}`),
      ...chroot,
      ...command,
    ];
    const env = { PATH: process.env['PATH'], BOX_READ_ONLY: readOnly === true ? 'yes' : '' };
    this.#running =
      terminal === true // Ctrl-C is for the box, not for unshare, which would take the box with it.
        ? this.#start(
            'script',
            ['-qec', `trap '' INT; ${['unshare', ...words].map(quoted).join(' ')}`, '/dev/null'],
            env,
          )
        : this.#start('unshare', words, env);
    return this.#running;
  }

  #start(program: string, words: readonly string[], env: NodeJS.ProcessEnv): Running {
    const { stdout: output = 'pipe', terminal } = this.#options;
    const input = terminal === true ? 'pipe' : 'ignore';
    const child = spawn(program, words, { env, stdio: [input, output, 'pipe'] });
    this.#sandbox.adopt(child.pid as number);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    let status: number | null | undefined;
    child.on('close', (code) => (status = code));
    return {
      process: child,
      stdout: () => stdout,
      stderr: () => stderr,
      ended: async (withinMs) => {
        const what = (): string => `the box to end: ${stdout}${stderr}`;
        await waitFor('the box to end', () => status !== undefined, withinMs).catch(() => {
          throw new Error(`waited too long for ${what()}`);
        });
        return { status: status ?? null, stdout, stderr };
      },
    };
  }

  /** supervisord in the foreground, once it has said that it started. */
  async startDaemon(...options: readonly string[]): Promise<Running> {
    const daemon = this.run('/opt/tsvisor/bin/supervisord', '-n', ...options);
    await waitFor('tsvd to start', () => hasStarted(daemon));
    return daemon;
  }

  /** Something that starts supervisord, once its program runs; and the pid outside of node. */
  async startBelow(...command: readonly string[]): Promise<[Running, number]> {
    this.configure(sleeper);
    const running = this.run(...command);
    await waitFor('its program', () => running.stdout().includes('success: sleeper'));
    const node = [this.pid, ...this.others()].find((pid) => statusOf(pid, 'Name') === 'node');
    return [running, node as number];
  }

  /** The pid outside of the box's pid 1, or of what runs there without a pid namespace. */
  get pid(): number {
    const outermost = this.#running?.process.pid as number;
    if (this.#options.inThisPidNamespace === true) return outermost;
    const pid = descendants(outermost).find((one) => /\s1$/.test(statusOf(one, 'NSpid')));
    if (pid === undefined) throw new Error('nothing runs in the box');
    return pid;
  }

  /** Pids outside of all that runs in the box, but pid 1. */
  others(): number[] {
    return descendants(this.pid);
  }

  /** Sends pid 1 a signal. */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Asks pid 1 to stop, and waits for its end. */
  async stop(withinMs?: number): Promise<Ended> {
    const { pid } = this;
    process.kill(pid, 'SIGTERM');
    return (this.#running as Running).ended(withinMs);
  }

  /** Runs a program beside the others, as `docker exec` does. */
  exec(...command: readonly string[]): Promise<Ended> {
    const { user } = this.#options;
    const words = [
      `--target=${this.pid}`,
      '--mount',
      '--pid',
      '--ipc',
      '--uts',
      '--root',
      '--wd',
      ...(user === undefined ? [] : ['--setuid', String(user.uid), '--setgid', String(user.gid)]),
      ...command,
    ];
    return this.#sandbox.run('nsenter', words, { PATH: '/bin' }).ended();
  }

  ctl(...words: readonly string[]): Promise<Ended> {
    return this.exec('/opt/tsvisor/bin/supervisorctl', ...words);
  }

  async waitForState(program: string, state: string): Promise<void> {
    await waitFor(`${program} to be ${state}`, async () => {
      const { stdout } = await this.ctl('status', program);
      return stdout.split(/\s+/)[1] === state;
    });
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }
}

export const hasStarted = (daemon: Running): boolean =>
  daemon.stdout().includes('supervisord started with pid');

/** A field of /proc/PID/status; empty if the process is gone. */
export function statusOf(pid: number, field: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return new RegExp(`^${field}:\\s+(.*)$`, 'm').exec(text)?.[1] ?? '';
  } catch {
    return ''; // ENOENT, ESRCH: it ended while we looked
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
