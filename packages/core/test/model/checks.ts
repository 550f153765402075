/** What must hold between two steps, when nothing is on its way. */
import type { Process } from '../../src/process/process.ts';
import { processStates } from '../../src/process/states.ts';
import type { Supervisor } from '../../src/supervisor.ts';
import type { Account } from './ledger/account.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { ModelClock } from './model-clock.ts';
import type { ModelKernel } from './model-kernel.ts';
import type { Promised } from './promised.ts';

export interface Checked {
  readonly supervisor: Supervisor;
  readonly kernel: ModelKernel;
  readonly clock: ModelClock;
  readonly ledger: Ledger;
  readonly promised: Promised;
}

const withChild = ['STARTING', 'RUNNING', 'STOPPING'];

/** What does not hold, if anything. */
export function problem(world: Checked, step: number): string | undefined {
  const { supervisor, ledger, promised } = world;
  if (ledger.broken !== undefined) return ledger.broken;
  const accounts = supervisor.groups.flatMap(({ name, processes }) =>
    processes.map((process) => ledger.account(`${name}:${process.name}`) as Account),
  );
  for (const account of accounts) {
    const found = wrongFacts(account) ?? late(account, world);
    if (found !== undefined) return `${account.key} ${found}`;
  }
  const mayRead = ({ group, name }: Process): boolean =>
    ledger.account(`${group}:${name}`)?.child?.isInputClosed === false;
  for (const [name, pool] of ledger.pools) {
    const group = supervisor.group(name);
    const found = group && pool.problem(group, mayRead);
    if (found !== undefined) return found;
  }
  const shown = accounts[step % accounts.length];
  return (
    (shown && wrongInfo(shown, world)) ??
    promised.overdue() ??
    wrongFds(world) ??
    tooManyTimers(world, accounts.length)
  );
}

function wrongFacts({
  process,
  state,
  child,
  untoldEnd,
  written,
  key,
}: Account): string | undefined {
  if (process.state !== state) return `is ${process.state}, and ${state} by its events`;
  if (process.pid !== (child?.pid ?? 0)) return `has pid ${process.pid}, not ${child?.pid}`;
  if (untoldEnd !== undefined) return `has ended as pid ${untoldEnd.pid}, and nobody was told`;
  if (state !== 'UNKNOWN' && withChild.includes(state) !== (child !== undefined)) {
    return child === undefined ? `is ${state} without a child` : `is ${state} with a child`;
  }
  for (const channel of ['stdout', 'stderr'] as const) {
    const logged = process.log(channel).bytesWritten;
    if (logged !== written[channel]) {
      return `of ${key}: ${written[channel]} bytes of ${channel}, ${logged} in the log`;
    }
  }
  return undefined;
}

/** What should have happened by now. */
function late(account: Account, { supervisor, clock }: Checked): string | undefined {
  if (clock.isLate) return undefined;
  const { process, state, sinceMs, failures, killDueMs, exitCode, child } = account;
  const { startSeconds, startRetries, autorestart, exitCodes } = process.config;
  const now = clock.monotonic();
  if (state === 'STARTING' && child !== undefined && now > child.startedMs + startSeconds * 1000)
    return 'should be RUNNING';
  if (state === 'STOPPING' && now > killDueMs) return 'should have been killed';
  if (supervisor.state !== 'RUNNING') return undefined;
  const isNew = state === 'STOPPED' && account.startedAt === 0;
  if (isNew && process.config.autostart && now > account.createdMs) return 'should be started';
  if (state === 'BACKOFF' && failures > startRetries && now > sinceMs) return 'should be given up';
  if (state === 'BACKOFF' && now > sinceMs + failures * 1000) return 'should be tried again';
  const isWanted =
    autorestart === true || (autorestart === 'unexpected' && !exitCodes.includes(exitCode ?? 0));
  if (state === 'EXITED' && isWanted && now > account.restartDueMs + 0.001) {
    return 'should have been restarted';
  }
  return undefined;
}

function wrongInfo(account: Account, { clock }: Checked): string | undefined {
  const { key, process, state, child, startedAt, endedAt } = account;
  const info = process.info();
  const right = {
    state: processStates[state],
    statename: state,
    pid: child?.pid ?? 0,
    start: Math.floor(startedAt / 1000),
    stop: Math.floor(endedAt / 1000),
    now: Math.floor(clock.now() / 1000),
    exitstatus: account.exitCode ?? 0,
  };
  for (const [name, value] of Object.entries(right)) {
    const shown = info[name as keyof typeof info];
    if (shown !== value) return `${key}: ${name} is ${value}, info() says ${shown}`;
  }
  const { description } = info;
  const isRight =
    state === 'RUNNING'
      ? /^pid \d+, uptime (\d+ days?, )?\d+:\d\d:\d\d$/.test(description)
      : (description === '') === ['STARTING', 'STOPPING', 'UNKNOWN'].includes(state);
  return isRight ? undefined : `${key} is ${state}, info() says "${description}"`;
}

function wrongFds({ kernel, ledger }: Checked): string | undefined {
  const lives = [...ledger.living.values()];
  const hasSocket = lives.some(({ account }) => account.key.startsWith('fast:'));
  const right = lives.reduce((sum, { fds }) => sum + fds, hasSocket ? 1 : 0);
  const open = kernel.openFds.size;
  return open === right ? undefined : `${open} descriptors are open for ${right}`;
}

/** One for its state, one for whoever waits for its stop, one for its recovery. */
function tooManyTimers({ clock, promised }: Checked, processes: number): string | undefined {
  const limit = 2 * processes + promised.waiting + 20;
  return clock.pending <= limit ? undefined : `${clock.pending} timers are set`;
}
