import { mkdirSync, symlinkSync } from 'node:fs';

import { afterEach, describe, expect, test } from '@jest/globals';

import { descendants, waitFor } from '../support/sandbox.ts';
import { Box, sleeper, hasStarted, skipped, statusOf, whyNoBox } from './support/box.ts';

const inBox = whyNoBox === undefined ? test : test.skip;

let box: Box | undefined;
afterEach(() => box?.close());

describe(`supervisord in an image${skipped}`, () => {
  inBox('below a shell as pid 1 ends by its own TERM, and the shell with it', async () => {
    box = await Box.make();
    const command = '/opt/tsvisor/bin/supervisord -n; exit $?';
    const [running, node] = await box.startBelow('/bin/sh', '-c', command);
    expect(node).not.toBe(box.pid);
    expect((await box.ctl('status')).status).toBe(0);
    process.kill(node, 'SIGTERM');
    expect((await running.ended()).status).toBe(0);
  });

  inBox('runs where it is not pid 1, and takes care of its own only', async () => {
    box = await Box.make({ inThisPidNamespace: true });
    const [running, node] = await box.startBelow('/opt/tsvisor/bin/supervisord', '-n');
    expect(node).toBe(box.pid);
    expect(running.stdout()).toContain(`supervisord started with pid ${node}\n`);
    expect((await box.stop()).status).toBe(0);
  });

  inBox('goes to the background, and is stopped by supervisorctl', async () => {
    box = await Box.make();
    box.configure(sleeper);
    const entry = box.script(
      'entrypoint',
      '/opt/tsvisor/bin/supervisord && echo in the background',
      'while [ -e /run/d.pid ]; do sleep 0.05; done',
      'echo it is gone',
    );
    const running = box.run(entry);
    await waitFor('it to leave', () => running.stdout().includes('in the background'));
    await box.waitForState('sleeper', 'RUNNING');
    expect((await box.ctl('shutdown')).stdout).toBe('Shut down\n');
    const { status, stdout } = await running.ended();
    expect(status).toBe(0);
    expect(stdout).toContain('it is gone');
  });

  inBox('on a terminal is stopped by Ctrl-C, and its program does not hang on it', async () => {
    box = await Box.make({ terminal: true });
    box.configure([
      '[program:teller]',
      `command=/bin/sh -c 'echo to the terminal >/dev/tty; exec sleep 1000'`,
    ]);
    const running = box.run('/opt/tsvisor/bin/supervisord', '-n');
    await waitFor('it to run', () => running.stdout().includes('success: teller'));
    expect(hasStarted(running)).toBe(true);
    expect(descendants(box.pid).map((pid) => statusOf(pid, 'State'))).not.toContain('T (stopped)');
    running.process.stdin?.write('\x03');
    const { status, stdout } = await running.ended();
    expect(stdout).toContain('received SIGINT indicating exit request');
    expect(status).toBe(0);
  });

  inBox('is found by links from where an old image has its programs', async () => {
    box = await Box.make();
    mkdirSync(box.outside('/usr/bin'), { recursive: true });
    for (const name of ['supervisord', 'supervisorctl']) {
      symlinkSync(`/opt/tsvisor/bin/${name}`, box.outside(`/usr/bin/${name}`));
    }
    box.configure(sleeper);
    const daemon = box.run('/usr/bin/supervisord', '-n', '-c', '/etc/supervisord.conf');
    await waitFor('its program', () => daemon.stdout().includes('success: sleeper'));
    expect((await box.exec('/usr/bin/supervisorctl', 'status')).stdout).toContain('RUNNING');
    expect((await box.stop()).status).toBe(0);
  });

  inBox('does not mind other libraries on LD_LIBRARY_PATH, and passes it on', async () => {
    box = await Box.make({ environment: { PATH: '/bin', LD_LIBRARY_PATH: '/work' } });
    for (const name of ['libc.so.6', 'libstdc++.so.6', 'libnss_compat.so.2']) {
      box.write(`/work/${name}`, 'not what it seems');
    }
    box.write('/etc/nsswitch.conf', 'passwd: compat\ngroup: compat\n');
    const program = box.script('program', 'echo "$LD_LIBRARY_PATH $(id -u)"', 'exec sleep 1000');
    box.configure([
      '[program:program]',
      `command=${program}`,
      'user=app',
      'stdout_logfile=/dev/stdout',
      'stdout_logfile_maxbytes=0',
    ]);
    const daemon = await box.startDaemon();
    await waitFor('its output', () => /^\/work 1234$/m.test(daemon.stdout()));
    expect((await box.stop()).status).toBe(0);
  });
});
