import type { Facts } from './facts.ts';
import { processStates } from './states.ts';
import type { ProcessState } from './states.ts';

/** What clients are told of a process (rpc.md §12). Times are whole seconds since 1970, 0: never. */
export interface ProcessInfo {
  readonly name: string;
  readonly group: string;
  readonly start: number;
  readonly stop: number;
  readonly now: number;
  readonly state: number;
  readonly statename: ProcessState;
  readonly spawnerr: string;
  readonly exitstatus: number;
  readonly logfile: string;
  readonly stdout_logfile: string;
  readonly stderr_logfile: string;
  readonly pid: number;
  readonly description: string;
}

export interface InfoSource {
  readonly name: string;
  readonly group: string;
  readonly facts: Facts;
  readonly stdoutLogfile: string;
  readonly stderrLogfile: string;
  /** Wall clock, ms. */
  readonly now: number;
  /** How long it has been up, ms, by a clock that never steps back. */
  readonly uptimeMs: number;
}

export type DescribedSource = Pick<InfoSource, 'name' | 'facts' | 'uptimeMs'>;

const LARGEST_INT = 2 ** 31 - 1;
const seconds = (ms: number): number => Math.min(Math.floor(ms / 1000), LARGEST_INT);

export function processInfo(source: InfoSource): ProcessInfo {
  const { name, group, facts, now, stdoutLogfile, stderrLogfile } = source;
  return {
    name,
    group,
    start: seconds(facts.startedAt),
    stop: seconds(facts.stoppedAt),
    now: seconds(now),
    state: processStates[facts.state],
    statename: facts.state,
    spawnerr: facts.spawnError ?? '',
    exitstatus: facts.exitStatus ?? 0,
    logfile: stdoutLogfile,
    stdout_logfile: stdoutLogfile,
    stderr_logfile: stderrLogfile,
    pid: facts.pid,
    description: describe(source),
  };
}

/** The state in words, as `status` has them. */
export function describe({ name, facts, uptimeMs }: DescribedSource): string {
  switch (facts.state) {
    case 'RUNNING':
      return `pid ${facts.pid}, uptime ${duration(Math.max(0, Math.floor(uptimeMs / 1000)))}`;
    case 'FATAL':
    case 'BACKOFF':
      return facts.spawnError ?? `unknown error (try "tail ${name}")`;
    case 'STOPPED':
    case 'EXITED':
      return facts.startedAt === 0 ? 'Not started' : stopTime(facts.stoppedAt);
    case 'STARTING':
    case 'STOPPING':
    case 'UNKNOWN':
      return '';
  }
}

/** `0:00:05`, `1 day, 0:00:00`, as Python writes a timedelta. */
function duration(total: number): string {
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const clock = `${hours}:${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;
  if (days === 0) return clock;
  return `${days} day${days === 1 ? '' : 's'}, ${clock}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 23 07:57 AM`, local time, English whatever the locale. */
function stopTime(at: number): string {
  const time = new Date(at);
  const hour = time.getHours();
  const shown = `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(time.getMinutes())}`;
  return `${months[time.getMonth()]} ${two(time.getDate())} ${shown} ${hour < 12 ? 'AM' : 'PM'}`;
}
