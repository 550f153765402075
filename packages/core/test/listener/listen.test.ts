import { PassThrough, Writable } from 'node:stream';

import { expect, test } from '@jest/globals';

import { envelope } from '../../src/events/envelope.ts';
import { listen } from '../../src/listener/listen.ts';

const to = { server: 's', pool: 'p', serial: 0, poolSerial: 0 };
const tick = (when: number): Buffer => envelope({ type: 'TICK_5', when }, to);

function pipes(): { input: PassThrough; output: PassThrough; said: () => string } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = '';
  output.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { input, output, said: () => text };
}

test('says READY, and answers each event before it says READY again', async () => {
  const { input, output, said } = pipes();
  input.end(Buffer.concat([tick(5), tick(10)]));
  const heard: unknown[] = [];
  await listen((event) => void heard.push(event), { input, output });
  expect(heard).toEqual([
    { type: 'TICK_5', when: 5 },
    { type: 'TICK_5', when: 10 },
  ]);
  expect(said()).toBe('READY\nRESULT 2\nOKREADY\nRESULT 2\nOKREADY\n');
});

test('the next event waits until the one before is dealt with', async () => {
  const { input, output } = pipes();
  input.end(Buffer.concat([tick(5), tick(10), tick(15)]));
  let atOnce = 0;
  let most = 0;
  await listen(
    async () => {
      most = Math.max(most, ++atOnce);
      await new Promise(setImmediate);
      atOnce--;
    },
    { input, output },
  );
  expect(most).toBe(1);
});

test('bytes and texts are results, announced in bytes; a failure is FAIL', async () => {
  const { input, output, said } = pipes();
  input.end(Buffer.concat([tick(1), tick(2), tick(3)]));
  const results = ['é', Buffer.from([0xff, 0x0a])];
  const failures: string[] = [];
  await listen(
    () => {
      const next = results.shift();
      if (next === undefined) throw new Error('nothing left');
      return next;
    },
    { input, output, failed: (error) => void failures.push((error as Error).message) },
  );
  expect(said()).toMatch(/^READY\nRESULT 2\néREADY\nRESULT 2\n.\nREADY\nRESULT 4\nFAILREADY\n$/);
  expect(failures).toEqual(['nothing left']);
});

test('says nothing when it is aborted before it begins', async () => {
  const { input, output, said } = pipes();
  await listen(() => undefined, { input, output, signal: AbortSignal.abort() });
  expect(said()).toBe('');
});

test('can listen again on the same pipes', async () => {
  const { input, output, said } = pipes();
  const stop = new AbortController();
  input.write(tick(5));
  await listen(() => stop.abort(), { input, output, signal: stop.signal });
  input.end(tick(10));
  await listen(() => undefined, { input, output });
  expect(said()).toBe('READY\nRESULT 2\nOKREADY\nRESULT 2\nOKREADY\n');
});

test('input that is not the protocol is an error', async () => {
  const { input, output } = pipes();
  input.end('hello\n');
  await expect(listen(() => undefined, { input, output })).rejects.toThrow('hello');
});

test('a supervisor that is gone is the end, not an error', async () => {
  const { input } = pipes();
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  const output = new Writable({ write: (_chunk, _encoding, done) => done(gone) });
  await expect(listen(() => undefined, { input, output })).resolves.toBeUndefined();
});
