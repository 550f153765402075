import { copyFileSync, existsSync } from 'node:fs';

import { afterEach, describe, expect, test } from '@jest/globals';

import { Box, whyNoBox } from './support/box.ts';

const inits = ['/usr/bin/tini', '/usr/bin/dumb-init'];
const reason = whyNoBox ?? (inits.every(existsSync) ? undefined : 'needs tini and dumb-init');
const inBox = reason === undefined ? test : test.skip;

let box: Box | undefined;
afterEach(() => box?.close());

describe(`supervisord below a small init${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  inBox.each(inits)('is ended by a TERM to %s', async (init) => {
    box = await Box.make();
    copyFileSync(init, box.outside('/work/init'));
    // They want a C library, of which the image has none.
    const loader = ['/opt/tsvisor/lib/ld-linux-x86-64.so.2', '--library-path', '/opt/tsvisor/lib'];
    const [running, node] = await box.startBelow(
      ...loader,
      '/work/init',
      '--',
      '/opt/tsvisor/bin/supervisord',
      '-n',
    );
    expect(node).not.toBe(box.pid);
    expect((await box.stop()).status).toBe(0);
    expect(running.stdout()).toContain('stopped: sleeper (terminated by SIGTERM)');
  });
});
