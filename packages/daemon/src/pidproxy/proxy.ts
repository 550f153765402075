import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The signals that are passed on, and whether we end after that. */
const proxied: readonly (readonly [signal: NodeJS.Signals, isLast: boolean])[] = [
  ['SIGTERM', true],
  ['SIGINT', true],
  ['SIGQUIT', true],
  ['SIGHUP', false],
  ['SIGUSR1', false],
  ['SIGUSR2', false],
];

/** Whoever counts as started after a second must not see us end sooner than it did. */
const TICK_MS = 5000;

/**
 * Runs the command and passes signals on, until the command has ended or a signal says to end.
 *
 * @returns the exit status
 */
export async function proxy(pidfile: string, command: readonly string[]): Promise<number> {
  const told = new Promise<number>((end) => {
    for (const [signal, isLast] of proxied) {
      process.on(signal, () => {
        const outcome = pass(signal, pidfile);
        if (outcome === 'failed') end(1);
        else if (outcome === 'passed' && isLast) end(0);
      });
    }
  });
  let hasEnded = false;
  run(command, () => (hasEnded = true));
  const watched = (async () => {
    do await sleep(TICK_MS);
    while (!hasEnded);
    return 0;
  })();
  return Promise.race([told, watched]);
}

/** The command is a path, never looked for on PATH. That it cannot be run is an end like any other. */
function run([word = '', ...args]: readonly string[], ended: () => void): void {
  const child = spawn(resolve(word), args, { argv0: word, stdio: 'inherit' });
  child.on('error', ended);
  child.on('exit', ended);
}

function pass(signal: NodeJS.Signals, pidfile: string): 'passed' | 'no-pid' | 'failed' {
  const pid = pidIn(pidfile);
  if (pid === undefined) {
    process.stdout.write(`Can't read child pidfile ${pidfile}!\n`);
    return 'no-pid';
  }
  try {
    process.kill(pid, signal);
    return 'passed';
  } catch (error) {
    process.stderr.write(
      `pidproxy: cannot send ${signal} to process ${pid}, which ${pidfile} names: ${(error as Error).message}\n`,
    );
    return 'failed';
  }
}

/** Undefined too for numbers that kill(2) takes for a process group, our own among them. */
function pidIn(pidfile: string): number | undefined {
  try {
    const text = readFileSync(pidfile, 'utf8').trim();
    const pid = /^\+?[0-9]+$/.test(text) ? Number(text) : 0;
    return pid > 0 && pid <= 0x7fff_ffff ? pid : undefined;
  } catch {
    return undefined; // it does not exist, yet or any more, or may not be read
  }
}
