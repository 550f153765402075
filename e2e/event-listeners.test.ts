import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { python, withChildutils } from './support/needs.ts';
import { clientOf } from './support/rpc.ts';
import { Sandbox, fromRoot, waitFor } from './support/sandbox.ts';
import type { Running } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** A word of a command: the folder of the repository may have a space in its name. */
const fixture = (name: string): string => `"${fromRoot(`e2e/fixtures/listeners/${name}`)}"`;
const inPython = (name: string, ...args: readonly string[]): string =>
  `command=${[python, '-u', fixture(name), ...args].join(' ')}`;
const inShell = (name: string, ...args: readonly string[]): string =>
  `command=${['/bin/sh', fixture(name), ...args].join(' ')}`;

const listener = (name: string, events: string, ...lines: readonly string[]): string =>
  [
    `[eventlistener:${name}]`,
    `events=${events}`,
    `stderr_logfile=${sandbox.path(`${name}.err`)}`,
    ...lines,
  ].join('\n');

const program = (name: string, ...lines: readonly string[]): string =>
  [`[program:${name}]`, ...lines].join('\n');

const sleeper = (name: string, ...lines: readonly string[]): string =>
  program(name, 'command=/bin/sleep 1000', 'startsecs=0', ...lines);

const start = (...sections: readonly string[]): Promise<Running> => {
  sandbox.configure(sections.join('\n'), 'loglevel=debug');
  return sandbox.startDaemon();
};

const sendEvent = (data: string): Promise<boolean> =>
  clientOf(sandbox).call('supervisor.sendRemoteCommEvent', ['kind', data]);

const logged = (text: string): boolean => sandbox.read('main.log').includes(text);

/** TERM to the daemon ends it and the listener, without SIGKILL. */
async function endsWell(daemon: Running, ...listeners: readonly string[]): Promise<void> {
  daemon.process.kill('SIGTERM');
  expect((await daemon.ended()).status).toBe(0);
  const log = sandbox.read('main.log');
  for (const name of listeners) expect(log).toMatch(new RegExp(`stopped: ${name} \\(`));
  expect(log).not.toMatch(/with SIGKILL|UNKNOWN state/);
}

async function pidOf(name: string): Promise<string> {
  return (await sandbox.ctl('pid', name)).stdout.trim();
}

withChildutils('a listener restarts a program that holds too much memory', async () => {
  const daemon = await start(
    program(
      'greedy',
      `command=${python} -c "import time; hoard = b'x' * 30_000_000; time.sleep(1000)"`,
      'startsecs=0',
    ),
    listener('memory', 'TICK_5', inPython('memory_watch.py', 'greedy:greedy', '20000')),
  );
  const first = await pidOf('greedy');
  await waitFor('the restart', () => sandbox.read('memory.err').includes('restarted greedy:'));
  expect(await pidOf('greedy')).not.toBe(first);
  await endsWell(daemon, 'memory');
});

withChildutils('a listener restarts a program whose page does not answer well', async () => {
  let status = 500;
  const web = createServer((_request, response) => {
    response.statusCode = status;
    response.end(() => (status = 200));
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = web.address() as { port: number };
    const daemon = await start(
      sleeper('web'),
      listener('http', 'TICK_5', inPython('http_watch.py', 'web:web', `http://127.0.0.1:${port}/`)),
    );
    const first = await pidOf('web');
    await waitFor('the restart', () => sandbox.read('http.err').includes('restarted web:web'));
    expect(await pidOf('web')).not.toBe(first);
    await endsWell(daemon, 'http');
  } finally {
    web.close();
  }
});

withChildutils('a listener writes a mail when a program crashes, and none when not', async () => {
  const mail = sandbox.path('mail');
  const daemon = await start(
    program('well', "command=/bin/sh -c 'exit 0'", 'startsecs=0', 'autorestart=false'),
    program('ill', "command=/bin/sh -c 'exit 3'", 'startsecs=0', 'autorestart=false'),
    listener('crash', 'PROCESS_STATE', inPython('crash_mail.py', mail)),
  );
  await waitFor('the mail', () => sandbox.read('mail').includes('exited from RUNNING'));
  await endsWell(daemon, 'crash');
  expect(sandbox.read('mail')).toMatch(
    /^Subject: ill:ill crashed\n\nProcess ill \(pid \d+\) exited from RUNNING\n$/,
  );
});

withChildutils('a listener gathers what became FATAL until the next tick', async () => {
  const mail = sandbox.path('mail');
  const gone = ['command=/nonexistent', 'startretries=0'];
  const daemon = await start(
    program('a', ...gone),
    program('b', ...gone),
    listener('batch', 'PROCESS_STATE_FATAL,TICK_5', inPython('fatal_mail_batch.py', mail)),
  );
  await waitFor('the mail', () => sandbox.read('mail').includes('b:b gave up'));
  await endsWell(daemon, 'batch');
  expect(sandbox.read('mail')).toBe(
    'Subject: 2 fatal\n\na:a gave up, from BACKOFF\nb:b gave up, from BACKOFF\n',
  );
});

withChildutils('what a listener rejects comes again at once, with the same numbers', async () => {
  const daemon = await start(
    listener(
      'twice',
      'PROCESS_STATE_STARTING,PROCESS_STATE_RUNNING',
      inPython('ok_at_second_try.py', sandbox.path('seen')),
      'buffer_size=50',
    ),
    sleeper('web'),
  );
  await waitFor('the last', () => sandbox.read('seen').split('\n').length > 8);
  await endsWell(daemon, 'twice');
  const lines = sandbox.read('seen').trim().split('\n');
  const firsts = lines.filter((line, at) => at % 2 === 0);
  expect(lines.filter((line, at) => at % 2 === 1)).toEqual(firsts);
  expect(firsts).toEqual([
    "0 0 PROCESS_STATE_STARTING 'processname:twice groupname:twice from_state:STOPPED tries:0'",
    "1 1 PROCESS_STATE_STARTING 'processname:web groupname:web from_state:STOPPED tries:0'",
    expect.stringMatching(/^2 2 PROCESS_STATE_RUNNING 'processname:web .*from_state:STARTING pid:/),
    expect.stringMatching(/^3 3 PROCESS_STATE_RUNNING 'processname:twice .*pid:\d+'$/),
  ]);
});

test('a loop in a shell that prints RESULT is a listener', async () => {
  const daemon = await start(
    sleeper('web'),
    listener('loop', 'PROCESS_STATE_RUNNING', inShell('loop.sh', sandbox.path('seen'))),
  );
  await waitFor('its own event', () => sandbox.read('seen').includes('processname:loop'));
  await endsWell(daemon, 'loop');
  const [header, payload] = sandbox.read('seen').split('\n')[0]?.split('|') ?? [];
  expect(payload).toMatch(/^processname:web groupname:web from_state:STARTING pid:\d+$/);
  expect(header).toBe(
    `ver:3.0 server:supervisor serial:0 pool:loop poolserial:0 eventname:PROCESS_STATE_RUNNING len:${payload?.length}`,
  );
});

test('the processes of a pool share the events, each to one of them', async () => {
  const daemon = await start(
    listener(
      'pool',
      'REMOTE_COMMUNICATION',
      inShell('slow.sh', sandbox.path('seen')),
      'numprocs=3',
      'process_name=%(program_name)s_%(process_num)s',
    ),
  );
  for (const number of [0, 1, 2]) await sandbox.waitForState(`pool:pool_${number}`, 'RUNNING');
  for (const data of ['1', '2', '3', '4', '5', '6']) {
    await sendEvent(data);
  }
  const lines = await waitFor('all of them', () => {
    const seen = sandbox.read('seen').trim().split('\n');
    return seen.length === 6 ? seen : undefined;
  });
  expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(
    new Set(['pool_0', 'pool_1', 'pool_2']),
  );
  expect(lines.map((line) => line.trim().split(' ').at(-1))).toEqual(
    expect.arrayContaining(['1', '2', '3', '4', '5', '6']),
  );
  await endsWell(daemon, 'pool_0', 'pool_1', 'pool_2');
});

const babbler = (...lines: readonly string[]): string =>
  listener(
    'babbler',
    'REMOTE_COMMUNICATION',
    inShell('babbler.sh', sandbox.path('seen')),
    ...lines,
  );

test('a listener that breaks the protocol is reported, gets nothing, and is shown', async () => {
  await start(babbler('startsecs=0', 'buffer_size=1'));
  await waitFor('the warning', () => logged('babbler: has entered the UNKNOWN state'));
  for (const data of ['1', '2', '3']) await sendEvent(data);
  const { stdout } = await sandbox.ctl('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    processes: [
      {
        name: 'babbler',
        state: 'RUNNING',
        listener: { state: 'UNKNOWN', buffered: 1, bufferSize: 1, discarded: 2 },
      },
    ],
  });
  expect((await sandbox.ctl('status')).stdout).toMatch(/^babbler +RUNNING +pid .*\n$/);
});

test('with listener_recover=true it is restarted, and gets what waited', async () => {
  await start(babbler('listener_recover=true'));
  await waitFor('the restart', () => logged('babbler: is restarted, to receive events again'));
  await sendEvent('hello');
  await waitFor('the event', () => sandbox.read('seen').includes('hello'));
  expect(sandbox.read('main.log').match(/spawned: 'babbler'/g)).toHaveLength(2);
});

/** A program that writes so much that it would show, and listens to nothing. */
const loud = (): string =>
  program(
    'loud',
    `command=/bin/sh -c 'sleep 1.5; head -c 300000000 /dev/zero | tr "\\0" x; echo >${sandbox.path('said')}; exec sleep 1000'`,
    'stdout_logfile=NONE',
    'stdout_events_enabled=true',
  );

/** What the daemon holds with a listener that is bad, once much has happened; others go on. */
async function megabytesWith(bad: string): Promise<number> {
  sandbox.configure(
    [
      listener('bad', 'PROCESS_LOG', bad, 'stdout_logfile=NONE'),
      listener('good', 'PROCESS_STATE_RUNNING', inShell('loop.sh', sandbox.path('seen'))),
      sleeper('late', 'autostart=false'),
      loud(),
    ].join('\n'),
  );
  const daemon = await sandbox.startDaemon();
  await waitFor('events to be dropped', () => logged('pool bad event buffer overflowed'));
  const began = performance.now();
  await clientOf(sandbox).call('supervisor.startProcess', ['late']);
  await waitFor('the other listener to hear of it', () =>
    sandbox.read('seen').includes('processname:late'),
  );
  expect(performance.now() - began).toBeLessThan(3000);
  await waitFor('all to be said', () => existsSync(sandbox.path('said')), 60_000);
  const megabytes = residentMegabytes(daemon.process.pid ?? 0);
  await endsWell(daemon, 'bad', 'good');
  return megabytes;
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

test('a listener that stops reading costs little memory, and delays nobody', async () => {
  expect(await megabytesWith(inShell('deaf.sh'))).toBeLessThan(200);
}, 90_000);

withChildutils(
  'so does one that acknowledges without reading',
  async () => expect(await megabytesWith(inPython('rash.py'))).toBeLessThan(200),
  90_000,
);

withChildutils('a program sends messages between tokens, which may be cut anywhere', async () => {
  const count = 'before<!--XSUPERVISOR:BEGIN-->message %d<!--XSUPERVISOR:END-->after\n'.length - 2;
  const daemon = await start(
    program(
      'talker',
      inPython('capture.py'),
      'stdout_capture_maxbytes=1MB',
      `stdout_logfile=${sandbox.path('talker.log')}`,
    ),
    listener(
      'hearer',
      'PROCESS_COMMUNICATION',
      inPython('count.py', sandbox.path('seen')),
      'buffer_size=100',
    ),
  );
  await waitFor('the last', () => sandbox.read('seen').includes('message last'));
  await endsWell(daemon, 'hearer');
  const expected = Array.from({ length: count }, (_, at) => `message ${at}`);
  expect(sandbox.read('seen').trim().split('\n')).toEqual([...expected, 'message last']);
  // What is too short to be told from a token is held back until it ends.
  expect(sandbox.read('talker.log')).toBe(`${'beforeafter\n'.repeat(count + 1)}end of it`);
});
