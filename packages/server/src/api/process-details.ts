import type { Process, Supervisor } from '@tsvisor/core';

import { inNameOrder } from '../methods/order.ts';
import { processDocument } from './process-document.ts';
import type { ProcessDocument } from './process-document.ts';

/** What a process and all that descends from it use. */
export interface UsageDocument {
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** Operating system processes. */
  readonly count: number;
}

export interface LogDocument {
  /** null: it has none, or none in a file. */
  readonly path: string | null;
  /** Since the daemon began, over all lives of the process. */
  readonly bytesWritten: number;
}

/** All that is known of one process. */
export interface ProcessDetails extends ProcessDocument {
  readonly autostart: boolean;
  readonly priority: number;
  /** null: it does not run. */
  readonly usage: UsageDocument | null;
  readonly logs: { readonly stdout: LogDocument; readonly stderr: LogDocument };
}

type Source = Pick<Supervisor, 'groups' | 'group' | 'usage'>;

/** One process in a few words. */
export const briefly = (supervisor: Source, process: Process): ProcessDocument =>
  processDocument(process, kindOf(supervisor, process));

/** By group and name. */
export function allProcesses(supervisor: Source): readonly ProcessDocument[] {
  const kinds = new Map(supervisor.groups.map(({ name, config }) => [name, config.type]));
  return inNameOrder(supervisor).map((process) =>
    processDocument(process, kinds.get(process.group) ?? 'program'),
  );
}

export function processDetails(supervisor: Source, process: Process): ProcessDetails {
  const document = briefly(supervisor, process);
  const { autostart, priority } = process.config;
  const usage = process.pid === 0 ? undefined : supervisor.usage().get(document.namespec);
  const log = (channel: 'stdout' | 'stderr'): LogDocument => {
    const { path, bytesWritten } = process.log(channel);
    return { path, bytesWritten };
  };
  return {
    ...document,
    autostart,
    priority,
    usage: usage === undefined ? null : { ...usage },
    logs: { stdout: log('stdout'), stderr: log('stderr') },
  };
}

const kindOf = (supervisor: Source, process: Process): ProcessDocument['kind'] =>
  supervisor.group(process.group)?.config.type ?? 'program';
