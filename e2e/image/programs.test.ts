import { afterEach, describe, expect, test } from '@jest/globals';

import { waitFor } from '../support/sandbox.ts';
import { Box, anybody, skipped, whyNoBox } from './support/box.ts';

const inBox = whyNoBox === undefined ? test : test.skip;

let box: Box | undefined;
afterEach(() => box?.close());

const toContainer = [
  'stdout_logfile=/dev/stdout',
  'stdout_logfile_maxbytes=0',
  'redirect_stderr=true',
];

/** What a shell script wrote to the container's output, as the only program, until "end". */
async function outputOf(
  one: Box,
  script: readonly string[],
  ...options: string[]
): Promise<string> {
  const program = one.script('program', ...script, 'echo end', 'exec sleep 1000');
  one.configure(['[program:probe]', `command=${program}`, ...toContainer, ...options]);
  const daemon = await one.startDaemon();
  await waitFor('its output', () => /^end$/m.test(daemon.stdout()));
  return daemon.stdout();
}

describe(`a program in an image${skipped}`, () => {
  inBox.each([[[]], [['user=nobody']], [['user=1000']]])(
    'opens /dev/stdout and /proc/self/fd/2 itself, with %j',
    async (options) => {
      box = await Box.make();
      const script = [
        'echo one >/dev/stdout',
        'echo two >/proc/self/fd/2',
        'echo three >/dev/stderr',
      ];
      const output = await outputOf(box, script, ...options);
      expect(output).toMatch(/^one\ntwo\nthree$/m);
    },
  );

  inBox('finds the streams, group, session, signals, mask and limits that it knows', async () => {
    box = await Box.make({ through: ['prlimit', '--nofile=1024:20000'] });
    const output = await outputOf(box, [
      'echo "fds: $(ls -C /proc/self/fd | tr -s "\\t " " ")"',
      'set -- $(cat /proc/$$/stat)',
      'echo "own: $1 group: $5 session: $6"',
      'grep -E "^Sig(Ign|Blk)" /proc/self/status',
      'echo "umask: $(umask) nofile: $(ulimit -Sn)"',
      'readlink /proc/self/fd/1 | cut -d: -f1',
      'pwd',
    ]);
    // 3 is the folder that ls reads.
    expect(output).toMatch(/^fds: 0 1 2 3 ?$/m);
    expect(output).toMatch(/^own: (\d+) group: \1 session: 0$/m);
    expect(output).toMatch(/^SigBlk:\t0{16}$/m);
    expect(output).toMatch(/^SigIgn:\t0{16}$/m);
    expect(output).toMatch(/^umask: 0022 nofile: 1024$/m);
    expect(output).toMatch(/^pipe$/m);
    expect(output).toMatch(/^\/$/m);
  });

  inBox('has the soft limit on open files that the container was given', async () => {
    box = await Box.make({ through: ['prlimit', '--nofile=4096:20000'] });
    expect(await outputOf(box, ['ulimit -Sn'])).toMatch(/^4096$/m);
  });

  inBox('ends of SIGPIPE when nobody reads on', async () => {
    box = await Box.make();
    const output = await outputOf(box, ['{ yes; echo "yes: $?" >&2; } | head -n 1']);
    expect(output).toMatch(/^yes: 141$/m);
  });

  const users = 'echo "$(id -u) $(id -G)"';
  inBox.each([
    ['by its name, with its other groups', 'user=app', '', /^1234 1234 4321$/m],
    [
      'as nsswitch.conf of an old image has it',
      'user=app',
      'passwd: compat\ngroup: compat\n',
      /^1234 1234 4321$/m,
    ],
    [
      'as nsswitch.conf asks modules that are not there',
      'user=app',
      'passwd: sss files\ngroup: sss files\n',
      /^1234 1234 4321$/m,
    ],
    ['by a number of no account', 'user=4711', '', /^4711 /m],
  ])('runs as the user %s', async (_, option, switches, wanted) => {
    box = await Box.make();
    if (switches !== '') box.write('/etc/nsswitch.conf', switches);
    expect(await outputOf(box, [users], option)).toMatch(wanted);
  });

  inBox('runs as a number where there are no accounts at all', async () => {
    box = await Box.make({ noAccounts: true });
    expect(await outputOf(box, [users], 'user=4711')).toMatch(/^4711 /m);
  });

  inBox('runs as root by its name where there are no accounts at all', async () => {
    box = await Box.make({ noAccounts: true });
    expect(await outputOf(box, [users], 'user=root')).toMatch(/^0 0$/m);
    expect((await box.stop()).status).toBe(0);
  });

  inBox('that cannot be forked is told so, and the others stay', async () => {
    // node itself counts as a dozen of them; the kernel counts all that a user has.
    const user = { uid: anybody.uid + 1, gid: 0 };
    box = await Box.make({ user, through: ['prlimit', '--nproc=24:24'] });
    box.configure(
      [
        '[program:first]',
        'command=/bin/sleep 1000',
        'priority=1',
        '[program:many]',
        'process_name=many_%(process_num)d',
        'numprocs=40',
        'command=/bin/sleep 1000',
        'startretries=1',
      ],
      ['minprocs=1'],
    );
    const daemon = await box.startDaemon();
    await waitFor('it to give up on some', () =>
      /gave up: many_\d+ entered FATAL state/.test(daemon.stdout()),
    );
    expect(daemon.stdout()).toMatch(
      /spawnerr: Too many processes in process table to spawn 'many_/,
    );
    expect(daemon.stdout()).toContain('success: first');
    expect(daemon.stdout()).not.toContain('exited: first');
    expect((await box.stop()).status).toBe(0);
  });
});
