import { statSync } from 'node:fs';

import type { Contender } from './contenders.ts';
import { Daemon } from './daemon.ts';
import { program, roomForThousand, sleepers } from './programs.ts';
import { sleeping } from './running.ts';
import type { Sandbox } from './sandbox.ts';
import { until } from './wait.ts';

export interface Writing {
  readonly command: string;
  /** How many bytes it writes. */
  readonly bytes: number;
  /** How many programs idle meanwhile. */
  readonly beside?: number;
}

/** Starts one child that writes as fast as it can; ends when its log is as long as it should be. */
export async function writing(
  contender: Contender,
  sandbox: Sandbox,
  { command, bytes, beside = 0 }: Writing,
): Promise<{ throughput: number; cpu: number }> {
  const log = sandbox.write('out.log', '');
  const writer = program(
    'writer',
    command,
    'autostart=false',
    'autorestart=false',
    'startsecs=0',
    `stdout_logfile=${log}`,
    'stdout_logfile_maxbytes=0',
  );
  const daemon = new Daemon(contender, sandbox, [writer, ...sleepers(beside)], {
    supervisord: roomForThousand,
  });
  const client = await daemon.client();
  await sleeping(daemon, beside);
  const before = daemon.cpuSeconds;
  const startedAt = performance.now();
  const started = client.call('supervisor.startProcess', 'writer');
  const size = await until('all to be written', () => {
    const current = statSync(log).size;
    return current >= bytes && current;
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = daemon.cpuSeconds - before;
  await started;
  client.close();
  if (size !== bytes) throw new Error(`the log has ${size} bytes, not ${bytes}`);
  return { throughput: bytes / 1e6 / seconds, cpu: cpu / (bytes / 1e9) };
}
