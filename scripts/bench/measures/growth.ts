import { request } from '../harness/client.ts';
import { Daemon } from '../harness/daemon.ts';
import { defineMeasure } from '../harness/measure.ts';
import type { Figure } from '../harness/measure.ts';
import { privateDirtyMebibytesOf } from '../harness/proc.ts';
import { numbered, program, reporting, roomForThousand } from '../harness/programs.ts';
import { Reports } from '../harness/reports.ts';
import { SETTLING_SECONDS, elapse } from '../harness/wait.ts';

const PROGRAMS = 100;
const WAVES = 20;
const CALLS = 10_000;
const BLOCK = 65_536;
const MEBIBYTES = Number(process.env['BENCH_LOG_MIB'] ?? 10_240);

const growthOver = (what: string): Figure => ({
  label: `growth of private dirty memory over ${what}`,
  unit: 'MiB',
  target: { atMost: 1 },
});

/** What was done once before, and is done again: so each figure is one of work that is known. */
export const growth = defineMeasure({
  name: 'growth',
  rounds: 1,
  figures: {
    restarts: growthOver('2,000 restarts'),
    calls: growthOver('10,000 requests'),
    logs: growthOver('10 GiB of logs'),
  },
  async trial(contender, sandbox) {
    const reports = new Reports(sandbox.path('reports'));
    const programs = numbered(PROGRAMS).map((name) =>
      reporting(name, reports, 'startsecs=0', 'autorestart=true'),
    );
    const writer = (name: string, blocks: number): string =>
      program(
        name,
        `/bin/sh -c "dd if=/dev/zero bs=${BLOCK} count=${blocks} status=none && echo ${name} > ${reports.path}"`,
        'autostart=false',
        'autorestart=false',
        'startsecs=0',
        'stdout_logfile_maxbytes=50MB',
        'stdout_logfile_backups=1',
      );
    const blocks = (MEBIBYTES * 1024 * 1024) / BLOCK;
    const sections = [
      ...programs,
      writer('little', Math.ceil(blocks / 20)),
      writer('much', blocks),
    ];
    const daemon = new Daemon(contender, sandbox, sections, { supervisord: roomForThousand });
    const client = await daemon.client();
    let running = await reports.take(PROGRAMS);
    const restart = async (waves: number): Promise<void> => {
      for (let wave = 0; wave < waves; wave++) {
        killAll(running);
        running = await reports.take(PROGRAMS, 120_000);
      }
    };
    const call = async (times: number): Promise<void> => {
      const bytes = request('supervisor.getState');
      for (let time = 0; time < times; time++) await client.send(bytes);
    };
    const write = async (name: string): Promise<void> => {
      await client.call('supervisor.startProcess', name);
      await reports.take(1, 600_000);
    };
    await restart(WAVES / 5);
    await call(CALLS / 5);
    await write('little');
    let last = await settledMemory(daemon);
    const growthBy = async (work: Promise<void>): Promise<number> => {
      await work;
      const before = last;
      last = await settledMemory(daemon);
      return last - before;
    };
    const figures = {
      restarts: await growthBy(restart(WAVES)),
      calls: await growthBy(call(CALLS)),
      logs: await growthBy(write('much')),
    };
    client.close();
    reports.close();
    return figures;
  },
});

async function settledMemory(daemon: Daemon): Promise<number> {
  await elapse(SETTLING_SECONDS);
  return privateDirtyMebibytesOf(daemon.pid);
}

function killAll(reported: readonly { text: string }[]): void {
  for (const { text } of reported) process.kill(Number(text.split(' ')[1]), 'SIGKILL');
}
