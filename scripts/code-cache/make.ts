import { execFile, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const WITHIN_MS = 20_000;

/**
 * Runs the daemon with one program, and `tsvctl status` against it, and keeps the code that V8
 * made of both, so that the next starts need not compile it: V8's own cache, 17 of 70 ms of a
 * start of tsvd. What cannot be made is left out, and said.
 */
export async function makeCodeCaches(tsvd: string, tsvctl: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'code'));
  const runners = [tsvd, tsvctl].map(runnerOf);
  let daemon: ChildProcess | undefined;
  try {
    const config = configure(folder);
    for (const runner of runners) install(beside('run.cjs'), runner);
    daemon = fork(runnerOf(tsvd), ['-n', '-c', config], {
      ...recording(tsvd),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await isRunning(join(folder, 'main.log'), daemon);
    const { execArgv, env } = recording(tsvctl);
    const words = [...execArgv, runnerOf(tsvctl), '-c', config, 'status'];
    await promisify(execFile)(process.execPath, words, { env, timeout: WITHIN_MS });
    daemon.send('record');
    await once(daemon, 'message', { signal: AbortSignal.timeout(WITHIN_MS) });
    daemon.kill('SIGTERM');
    await once(daemon, 'exit', { signal: AbortSignal.timeout(WITHIN_MS) });
  } catch (error) {
    for (const runner of runners) rmSync(runner, { force: true });
    daemon?.kill('SIGKILL');
    console.error(`the programs start without a code cache: ${String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const runnerOf = (program: string): string => program.replace(/\.cjs$/, '.cached.cjs');

/** Whole at once: somebody may be starting it. */
function install(file: string, target: string): void {
  copyFileSync(file, `${target}.new`);
  renameSync(`${target}.new`, target);
}

/** Plain node: any option of V8's would make the code useless without it. */
const recording = (program: string): { execArgv: string[]; env: NodeJS.ProcessEnv } => ({
  execArgv: ['--require', beside('record.cjs')],
  env: { PATH: process.env['PATH'], CODE_CACHE: program.replace(/cjs$/, 'cache') },
});

function configure(folder: string): string {
  const config = join(folder, 'supervisord.conf');
  writeFileSync(
    config,
    `[unix_http_server]
file=${folder}/s
[supervisord]
logfile=${folder}/main.log
pidfile=${folder}/pid
childlogdir=${folder}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${folder}/s
[program:program]
command=cat
startsecs=0
`,
  );
  return config;
}

async function isRunning(log: string, daemon: ChildProcess): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!(existsSync(log) && readFileSync(log, 'utf8').includes('entered RUNNING'))) {
    if (daemon.exitCode !== null) throw new Error(`tsvd ended with ${daemon.exitCode}`);
    if (performance.now() > deadline) throw new Error('tsvd does not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
