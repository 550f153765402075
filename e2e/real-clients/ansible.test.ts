import { expect, test } from '@jest/globals';

import { tsvctlProgram, tsvdProgram } from '../support/sandbox.ts';
import { SupervisorctlModule } from './ansible.ts';
import { describeWithSupervisor, missing, supervisorctl, supervisord } from './installed.ts';
import { Stage } from './stage.ts';

const program = (name: string, more = ''): string =>
  `[program:${name}]\ncommand=/bin/cat\nstartsecs=0\n${more}`;

const programs = `${program('web')}${program('worker', 'process_name=%(process_num)s\nnumprocs=2\n')}
[program:broken]
command=/nonexistent/program
autostart=false
`;

async function play(daemon: string, client: string): Promise<string[]> {
  const stage = new Stage();
  try {
    await stage.open(daemon, programs);
    const module = new SupervisorctlModule(client, stage);
    const outcomes: string[] = [];
    const apply = async (...task: Parameters<SupervisorctlModule['apply']>): Promise<void> => {
      outcomes.push(`${task.join(' ')}: ${await module.apply(...task)}`);
    };
    await apply('web', 'started');
    await apply('web', 'present');
    await apply('web', 'restarted');
    await apply('web', 'signalled', 'CONT');
    await apply('web', 'stopped');
    await apply('web', 'stopped');
    await apply('web', 'started');
    await apply('worker:', 'restarted');
    await apply('worker:', 'stopped');
    await apply('worker:', 'started');
    await apply('broken', 'started');
    await apply('nobody', 'started');
    await apply('nobody', 'present');
    stage.configure(`${programs}${program('fresh', 'autostart=false\n')}`);
    await apply('fresh', 'present');
    await apply('fresh', 'started');
    stage.configure(programs);
    await apply('fresh', 'absent');
    await apply('fresh', 'absent');
    await apply('web', 'restarted');
    return outcomes;
  } finally {
    await stage.close();
  }
}

const expected = [
  'web started: unchanged',
  'web present: unchanged',
  'web restarted: changed',
  'web signalled CONT: changed',
  'web stopped: changed',
  'web stopped: unchanged',
  'web started: changed',
  'worker: restarted: changed',
  'worker: stopped: changed',
  'worker: started: changed',
  'broken started: failed: broken: ERROR (no such file)',
  'nobody started: failed: no such process nobody',
  'nobody present: failed: ERROR: no such process/group: nobody',
  'fresh present: changed',
  'fresh started: changed',
  'fresh absent: changed',
  'fresh absent: unchanged',
  'web restarted: changed',
];

test('the supervisorctl module of Ansible brings programs to their states with tsvctl', async () => {
  expect(await play(tsvdProgram, tsvctlProgram)).toEqual(expected);
}, 60_000);

describeWithSupervisor(`the supervisorctl module of Ansible${missing}`, () => {
  test('does the same with supervisorctl at tsvd, and at supervisord', async () => {
    const both = [play(tsvdProgram, supervisorctl), play(supervisord, supervisorctl)];
    for (const outcomes of await Promise.all(both)) expect(outcomes).toEqual(expected);
  }, 90_000);
});
