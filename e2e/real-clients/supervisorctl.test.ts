import { beforeAll, expect, test } from '@jest/globals';

import { tsvctlProgram, tsvdProgram } from '../support/sandbox.ts';
import { describeWithSupervisor, missing, supervisorctl, supervisord } from './installed.ts';
import { Stage } from './stage.ts';

const before = `
[program:cat]
command=/bin/cat
[program:talk]
command=/bin/sh -c 'echo one; echo two; echo oops >&2; exec sleep 1000'
[program:gone]
command=/bin/sleep 1000
[program:missing]
command=/nonexistent/program
autostart=false
[program:brief]
command=/bin/sh -c 'sleep 0.3; exit 3'
autostart=false
startsecs=5
startretries=0
[program:member]
command=/bin/cat
process_name=one
[group:team]
programs=member
`;

const after = `${before.replace('[program:gone]\ncommand=/bin/sleep 1000\n', '').replace('/bin/cat', '/bin/cat -u')}
[program:fresh]
command=/bin/cat
`;

/** What is done: a client is run with these words, or something happens around it. */
type Step = string | ((stage: Stage) => void | Promise<void>);

const steps: readonly Step[] = [
  'status',
  'status cat',
  'status team:*',
  'status team:one talk',
  'status nobody',
  'status nobody:*',
  'pid cat',
  'pid',
  'pid nobody',
  'stop cat',
  'stop cat',
  'status cat',
  'start cat',
  'start cat',
  'restart cat',
  'start nobody',
  'stop nobody:*',
  'stop team:*',
  'start team:one',
  'stop cat nobody talk',
  'start cat talk',
  'start missing',
  'start brief',
  (stage) => stage.logged('gave up: brief'),
  'status',
  'signal HUP talk',
  'signal FOO cat',
  'signal HUP nobody',
  'tail talk',
  'tail talk stderr',
  'tail -3 talk',
  'tail nobody',
  'tail talk nothing',
  'clear talk',
  'tail talk',
  'clear nobody',
  'avail',
  'help start',
  'nonsense',
  'start',
  'stop',
  'reread',
  (stage) => stage.configure(after),
  'reread',
  'avail',
  'update',
  (stage) => stage.logged('success: fresh entered RUNNING state'),
  'status',
  'remove cat',
  'stop cat',
  'remove cat',
  'remove nobody',
  'status',
  'add cat',
  'add cat',
  'add nobody',
  'update',
  'stop all',
  'start all',
  '-s http://127.0.0.1:PORT status',
  '-s http://127.0.0.1:PORT -p wrong status',
  '-s http://127.0.0.1:PORT -u nobody status',
  '-s http://127.0.0.1:PORT -p wrong stop cat',
  '-s http://127.0.0.1:1 status',
  '-s unix:///nonexistent/socket status',
  (stage) => stage.configure(after.replace('[program:fresh]', '[program:fresh]\nautorestart=odd')),
  'reread',
  'update',
  (stage) => stage.configure(after),
  'reload',
  (stage) => stage.started(2),
  'shutdown',
  async (stage) => void (await stage.daemon?.ended()),
  'status',
  'shutdown',
];

/** Takes all steps, and returns what was seen. */
async function play(daemon: string, client: string): Promise<string> {
  const stage = new Stage();
  try {
    await stage.open(daemon, before);
    let seen = '';
    for (const step of steps) {
      if (typeof step !== 'string') {
        await step(stage);
        continue;
      }
      const words = step.replace('PORT', String(stage.port)).split(' ');
      const printed = await stage.client(client, words);
      // Who stops first is said first.
      const isOrdered = !/^(?:stop|start) all/.test(step);
      const lines = isOrdered ? printed : printed.split('\n').toSorted().join('\n');
      seen += `$ ${step}\n${lines}`;
    }
    return seen;
  } finally {
    await stage.close();
  }
}

describeWithSupervisor(`the same steps show the same${missing}`, () => {
  const seen = new Map<string, Promise<string>>();
  beforeAll(() => {
    for (const client of [supervisorctl, tsvctlProgram]) {
      for (const daemon of [supervisord, tsvdProgram]) {
        seen.set(`${client} ${daemon}`, play(daemon, client));
      }
    }
  });
  const real = `${supervisorctl} ${supervisord}`;

  test.each([
    ['supervisorctl', 'tsvd', `${supervisorctl} ${tsvdProgram}`],
    ['tsvctl', 'supervisord', `${tsvctlProgram} ${supervisord}`],
    ['tsvctl', 'tsvd', `${tsvctlProgram} ${tsvdProgram}`],
  ])(
    'to %s at %s as to supervisorctl at supervisord',
    async (_client, _daemon, ours) => {
      expect(await seen.get(ours)).toBe(await seen.get(real));
    },
    120_000,
  );
});
