import { pad, width } from '../format/columns.ts';
import type { Output } from '../session.ts';
import type { CollectedOutput } from './collected-output.ts';
import type { Host } from './inventory.ts';

/** How an action is run on one host; resolves with the exit status. */
export type RunOnHost = (host: Host, output: CollectedOutput) => Promise<number>;

export interface HostResult {
  readonly host: Host;
  readonly output: CollectedOutput;
  /** null: not asked, because an earlier one failed. */
  readonly status: number | null;
}

export interface FleetPolicy {
  /** How many at a time; null: all. */
  readonly parallel: number | null;
  /** After a failure no further host is asked. */
  readonly stopsOnError: boolean;
}

/** Runs an action on all hosts. The results are in the order of the hosts. */
export async function runOnHosts(
  hosts: readonly Host[],
  policy: FleetPolicy,
  makeOutput: () => CollectedOutput,
  run: RunOnHost,
): Promise<HostResult[]> {
  const results: HostResult[] = hosts.map((host) => ({ host, output: makeOutput(), status: null }));
  let next = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (;;) {
      const at = next++;
      const result = results[at];
      if (result === undefined || (hasFailed && policy.stopsOnError)) return;
      const status = await run(result.host, result.output);
      results[at] = { ...result, status };
      hasFailed ||= status !== 0;
    }
  };
  const workers = Math.min(policy.parallel ?? hosts.length, hosts.length);
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

/** One table with a first column for the host. */
export function printTable(results: readonly HostResult[], output: Output): void {
  const columns = Math.max(...results.map(({ host }) => width(host.label))) + 2;
  const allRows = results.flatMap((result) => result.output.rows);
  for (const result of results) {
    const lines = result.status === null ? ['not asked'] : result.output.lines(allRows);
    for (const line of lines) output.write(`${pad(result.host.label, columns)}${line}\n`);
  }
}

/** The same as one JSON document; what is not JSON is a complaint. */
export function printDocument(results: readonly HostResult[], output: Output): void {
  const hosts = results.map(({ host, status, output: { text } }) => {
    const document = parse(text);
    const rest = document === undefined ? { error: text.trim() || null } : { result: document };
    return { host: host.label, serverUrl: host.server.url, exitStatus: status, ...rest };
  });
  output.write(`${JSON.stringify({ version: 1, hosts }, null, 2)}\n`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A complaint, in words.
    return undefined;
  }
}

/** 0 only if the action went well on every host. */
export function exitStatusOf(results: readonly HostResult[]): number {
  return results.every((result) => result.status === 0) ? 0 : 1;
}
