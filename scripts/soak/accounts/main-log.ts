export interface MainLogVerdict {
  readonly starts: number;
  readonly spawns: number;
  /** Spawned again while it ran, or ended without a spawn, or never reaped. */
  readonly unpaired: readonly string[];
  /** Lines that a daemon in order never writes. */
  readonly alarms: readonly string[];
  /** Bytes of logs that it says it had to drop. */
  readonly bytesDropped: number;
  /** By pool, the serials that it had no room for. */
  readonly discarded: ReadonlyMap<string, ReadonlySet<number>>;
  /** Rotations that were put off, starts that failed for want of the folder. */
  readonly troubles: number;
}

const ALARM =
  /internal error|Traceback|uncaughtException|TypeError|RangeError|ReferenceError|JSON API: .*exception| CRIT /;
/** The status page of a daemon that restarts is such a trace, as supervisord's is. */
const HARMLESS =
  /running without any HTTP authentication checking|Supervisor is running as root|Fault: SHUTDOWN_STATE/;

/** A line each, with those of a trace that follow it. */
const entriesOf = (text: string): string[] => text.split(/\n(?=\d{4}-\d\d-\d\d )/);

/** Reads what the daemon has said of itself, from its first line to its last. */
export function judgeMainLog(text: string): MainLogVerdict {
  const running = new Map<string, string>();
  const unpaired: string[] = [];
  const discarded = new Map<string, Set<number>>();
  let [starts, spawns, bytesDropped, troubles] = [0, 0, 0, 0];
  for (const line of text.split('\n')) {
    const spawned = /spawned: '(.*)' with pid (\d+)$/.exec(line);
    const ended = /(?:exited|stopped): (\S+) \(/.exec(line);
    const overflow = /pool (\S+) event buffer overflowed, discarding event (\d+)$/.exec(line);
    if (spawned !== null) {
      const [, name = '', pid = ''] = spawned;
      spawns += 1;
      if (running.has(name)) unpaired.push(`${name} was spawned while ${running.get(name)} ran`);
      running.set(name, pid);
    } else if (ended !== null) {
      if (!running.delete(ended[1] ?? '')) unpaired.push(`${ended[1]} ended, and did not run`);
    } else if (overflow !== null) {
      const [, pool = '', serial] = overflow;
      discarded.set(pool, (discarded.get(pool) ?? new Set()).add(Number(serial)));
    } else if (/supervisord started with pid/.test(line)) {
      starts += 1;
    } else if (/cannot (rotate|write|reopen)|unknown error making/.test(line)) {
      troubles += 1;
    }
    bytesDropped += Number(/(\d+) bytes were lost/.exec(line)?.[1] ?? 0);
  }
  const alarms = entriesOf(text).filter((entry) => ALARM.test(entry) && !HARMLESS.test(entry));
  unpaired.push(...[...running].map(([name, pid]) => `${name}, pid ${pid}, was never reaped`));
  return { starts, spawns, unpaired, alarms, bytesDropped, discarded, troubles };
}
