import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createServer, connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';

import { sendNow } from '@tsvisor/posix';

import { systemClock } from '../../src/clock.ts';
import { openSink } from '../../src/logs/open-sink.ts';
import type { SinkOptions } from '../../src/logs/open-sink.ts';
import { RetryingOutlet } from '../../src/logs/outlet/retrying-outlet.ts';
import { StreamOutput } from '../../src/logs/stream-output.ts';
import { Turn } from '../../src/logs/turn.ts';
import { openTestPipe, readAll } from './pipe-reader.ts';
import { temporaryFolder, waitFor } from './support.ts';

const CLOCK = systemClock;

function open(
  path: string,
  options: Partial<SinkOptions> = {},
): { sink: StreamOutput; reports: string[] } {
  const reports: string[] = [];
  const report = (problem: string): void => void reports.push(problem);
  const rest = { maxBytes: 1000, backups: 3, clock: CLOCK, overflow: 'wait', ...options } as const;
  const sink = openSink({ path, report, ...rest });
  if (!(sink instanceof StreamOutput)) throw new Error(`${path} was taken for a file`);
  return { sink, reports };
}

const lost = (records: number): Buffer => Buffer.from(`[${records} lost]\n`);
const line = (n: number, size = 1000): string => `${`${n} `.padEnd(size - 1, '.')}\n`;

test('an own pipe is written to at once, and is neither rotated, reopened nor removed', () => {
  const pipe = openTestPipe();
  const { sink, reports } = open(pipe.path);
  expect(sink.write(Buffer.from('one '))).toBe(true);
  sink.reopen();
  sink.clear();
  sink.write(Buffer.alloc(2000, 'x'));
  expect(pipe.read()).toBe(`one ${'x'.repeat(2000)}`);
  sink.close();
  expect(reports).toEqual([]);
  // The descriptor is ours and stays: others share it.
  writeSync(pipe.writeFd, 'still open');
  expect(pipe.read()).toBe('still open');
  pipe.close();
});

test('an own pipe stays blocking for those who share it', () => {
  const pipe = openTestPipe();
  const { sink } = open(pipe.path);
  sink.write(Buffer.from('x'));
  const flags = readFileSync(`/proc/self/fdinfo/${pipe.writeFd}`, 'utf8');
  expect(parseInt(/flags:\s+(\d+)/.exec(flags)![1]!, 8) & constants.O_NONBLOCK).toBe(0);
  sink.close();
  pipe.close();
});

test('while the reader of a pipe stalls, the writer is asked to pause, and nothing is lost', async () => {
  const pipe = openTestPipe();
  const { sink } = open(pipe.path);
  let sent = '';
  let n = 0;
  while (!sink.backedUp) {
    const text = line(n++);
    sent += text;
    sink.write(Buffer.from(text));
  }
  expect(n).toBeLessThan(200);
  let drained = false;
  sink.onDrain = () => (drained = true);
  let got = '';
  await waitFor('all to arrive', () => (got += pipe.read()).length === sent.length);
  expect(got).toBe(sent);
  expect(drained).toBe(true);
  expect(sink.pending).toBe(0);
  sink.close();
  pipe.close();
});

test('large and small records keep their order through stalls', async () => {
  const pipe = openTestPipe();
  const { sink } = open(pipe.path);
  let sent = '';
  let got = '';
  for (let n = 0; n < 400; n++) {
    const text = line(n, n % 7 === 0 ? 30_000 : 20);
    sent += text;
    sink.write(Buffer.from(text));
    if (n % 5 === 0) got += pipe.read();
    if (n % 50 === 0) await new Promise(setImmediate);
  }
  await waitFor('all to arrive', () => (got += pipe.read()).length === sent.length);
  expect(got === sent).toBe(true);
  sink.close();
  pipe.close();
});

test('with a log that never waits the oldest records are dropped whole, and a line says how many', async () => {
  const pipe = openTestPipe();
  const { sink } = open(pipe.path, { overflow: lost });
  const count = 3000;
  for (let n = 0; n < count; n++) expect(sink.write(Buffer.from(line(n)))).toBe(true);
  expect(sink.pending).toBeLessThanOrEqual(1024 * 1024);
  let got = '';
  await waitFor('the last line', () => (got += pipe.read()).endsWith(line(count - 1)));
  const lines = got.split('\n').slice(0, -1);
  const at = lines.findIndex((text) => text.startsWith('['));
  const dropped = Number(/\[(\d+) lost\]/.exec(lines[at]!)![1]);
  expect(lines.length - 1 + dropped).toBe(count);
  expect(lines[at - 1]).toBe(line(at - 1).trimEnd());
  expect(lines[at + 1]).toBe(line(at + dropped).trimEnd());
  expect(lines.filter((text) => text.startsWith('['))).toHaveLength(1);
  sink.close();
  pipe.close();
});

test('what waits for a stalled reader is still written after close, then the pipe is let go', async () => {
  const before = readdirSync('/proc/self/fd').length;
  const pipe = openTestPipe();
  const { sink } = open(pipe.path);
  while (!sink.backedUp) sink.write(Buffer.from(line(0)));
  sink.close();
  expect(sink.revive()).toBe(true);
  sink.write(Buffer.from('the end'));
  sink.close();
  let got = '';
  await waitFor('the end', () => (got += pipe.read()).endsWith('the end'));
  await waitFor('it to be closed', () => !sink.revive());
  pipe.close();
  await waitFor(
    'all descriptors to be closed',
    () => readdirSync('/proc/self/fd').length === before,
  );
});

test('flush writes at once what the reader has made room for', async () => {
  const pipe = openTestPipe();
  const { sink } = open(pipe.path);
  let sent = '';
  for (let n = 0; !sink.backedUp; n++) {
    sent += line(n);
    sink.write(Buffer.from(line(n)));
  }
  let got = pipe.read();
  sink.flush();
  got += pipe.read();
  sink.flush();
  expect(sink.pending).toBe(0);
  got += pipe.read();
  expect(got === sent).toBe(true);
  await new Promise(setImmediate);
  expect(pipe.read()).toBe('');
  sink.close();
  pipe.close();
});

test('flush gives up soon on a reader that does not read', () => {
  const pipe = openTestPipe();
  const { sink } = open(pipe.path);
  while (!sink.backedUp) sink.write(Buffer.from(line(0)));
  const started = performance.now();
  sink.flush();
  expect(performance.now() - started).toBeLessThan(5000);
  expect(sink.pending).toBeGreaterThan(0);
  pipe.close();
  sink.close();
});

test('when the reader is gone that is told once, and nothing else happens', async () => {
  const pipe = openTestPipe();
  const { sink, reports } = open(pipe.path);
  pipe.closeReader();
  for (let n = 0; n < 3; n++) expect(sink.write(Buffer.from('x'))).toBe(true);
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(`cannot write to ${pipe.path}: EPIPE`);
  sink.close();
  pipe.close();
});

test('a reader that goes away while records wait frees the writer', async () => {
  const pipe = openTestPipe();
  const { sink, reports } = open(pipe.path);
  while (!sink.backedUp) sink.write(Buffer.from(line(0)));
  let drained = false;
  sink.onDrain = () => (drained = true);
  pipe.closeReader();
  await waitFor('the writer to be freed', () => drained);
  expect([sink.pending, reports.length]).toEqual([0, 1]);
  sink.close();
  pipe.close();
});

test('a FIFO is opened without waiting for a reader, and stalls only its own log', async () => {
  const path = join(temporaryFolder(), 'fifo');
  execFileSync('mkfifo', [path]);
  const { sink } = open(path);
  let sent = '';
  for (let n = 0; !sink.backedUp; n++) {
    sent += line(n);
    sink.write(Buffer.from(line(n)));
  }
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let got = '';
  await waitFor('all to arrive', () => (got += readAll(reader)).length === sent.length);
  expect(got).toBe(sent);
  sink.clear();
  expect(statSync(path).isFIFO()).toBe(true);
  closeSync(reader);
  sink.close();
});

test('a device takes what it takes; one that refuses is told once', () => {
  const { sink: nothing } = open('/dev/null');
  expect(nothing.write(Buffer.alloc(100_000))).toBe(true);
  nothing.close();
  const { sink: full, reports } = open('/dev/full');
  full.write(Buffer.from('x'));
  full.write(Buffer.from('x'));
  expect(full.backedUp).toBe(false);
  expect(reports).toEqual(['cannot write to /dev/full: ENOSPC: no space left on device, write']);
  full.close();
});

test('an own descriptor that is a file is written where it stands', () => {
  const path = join(temporaryFolder(), 'out');
  const fd = openSync(path, 'a');
  const { sink } = open(`/dev/fd/${fd}`);
  sink.write(Buffer.alloc(3000, 'x'));
  sink.clear();
  sink.write(Buffer.from('y'));
  expect(statSync(path).size).toBe(3001);
  sink.close();
  closeSync(fd);
});

test('an own descriptor that is not open is an error', () => {
  expect(() => open('/dev/fd/9999')).toThrow('EBADF');
});

test('a socket is sent to without waiting, and asked again while it is full', async () => {
  const { ours, theirs, close } = await socketPair();
  const fd = (ours as unknown as { _handle: { fd: number } })._handle.fd;
  let sent = '';
  const { sink } = open(`/proc/self/fd/${fd}`, {
    // What send(2) with MSG_DONTWAIT does; Node has made this one non-blocking.
    sendNow: (to, data) => writeSync(to, data),
  });
  for (let n = 0; !sink.backedUp; n++) {
    sent += line(n);
    sink.write(Buffer.from(line(n)));
  }
  let got = '';
  theirs.on('data', (data: Buffer) => (got += data.toString('latin1')));
  await waitFor('all to arrive', () => got.length === sent.length);
  expect(got).toBe(sent);
  sink.close();
  close();
});

test('a pipe that cannot be opened again is filled without waiting all the same', async () => {
  const pipe = openTestPipe();
  const outlet = new RetryingOutlet((data) => sendNow(pipe.writeFd, data), CLOCK);
  const report = (problem: string): never => {
    throw new Error(problem);
  };
  const turn = new Turn();
  const sink = new StreamOutput({
    name: 'x',
    outlet,
    clock: CLOCK,
    report,
    overflow: 'wait',
    turn,
  });
  let sent = '';
  for (let n = 0; !sink.backedUp; n++) {
    sent += line(n);
    sink.write(Buffer.from(line(n)));
  }
  let got = '';
  await waitFor('all to arrive', () => (got += pipe.read()).length === sent.length);
  expect(got).toBe(sent);
  sink.close();
  pipe.close();
});

test('without a way to send without waiting, a thread waits for the socket', async () => {
  const { ours, theirs, close } = await socketPair();
  const fd = (ours as unknown as { _handle: { fd: number } })._handle.fd;
  const { sink } = open(`/proc/self/fd/${fd}`);
  for (let n = 0; n < 50; n++) sink.write(Buffer.from(line(n)));
  let got = '';
  theirs.on('data', (data: Buffer) => (got += data.toString('latin1')));
  const sent = Array.from({ length: 50 }, (_, n) => line(n)).join('');
  await waitFor('all to arrive', () => got.length === sent.length);
  expect(got).toBe(sent);
  sink.close();
  close();
});

async function socketPair(): Promise<{ ours: Socket; theirs: Socket; close: () => void }> {
  const path = join(temporaryFolder(), 's');
  const server = createServer();
  const accepted = new Promise<Socket>((resolve) => void server.once('connection', resolve));
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  const ours = connect(path);
  const theirs = await accepted;
  const close = (): void => {
    ours.destroy();
    theirs.destroy();
    server.close();
  };
  return { ours, theirs, close };
}
