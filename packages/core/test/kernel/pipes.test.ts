import { spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';

import { afterEach, describe, expect, test } from '@jest/globals';

import type { Pipe, PipeSource } from '../../src/kernel.ts';
import { posixKernel } from '../../src/kernel/posix-kernel.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

async function waitUntil(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited for ${what}`);
    await turn();
  }
}

describe('reading', () => {
  function read(): { pipe: Pipe; source: PipeSource; got: () => string; ended: () => boolean } {
    const pipe = posixKernel.openPipe('read');
    let text = '';
    let ended = 0;
    const source = posixKernel.readPipe(pipe.ours, {
      data: (chunk) => (text += chunk.toString()),
      end: () => (ended += 1),
    });
    open.push(source);
    return { pipe, source, got: () => text, ended: () => ended === 1 };
  }

  test('gives what is written, and the end when all writers are gone', async () => {
    const { pipe, got, ended } = read();
    writeSync(pipe.theirs, 'one');
    await waitUntil('the text', () => got() === 'one');
    writeSync(pipe.theirs, ' two');
    posixKernel.closeFd(pipe.theirs);
    await waitUntil('the end', ended);
    expect(got()).toBe('one two');
  });

  test('takes at once all that is there when asked to', () => {
    const { pipe, source, got, ended } = read();
    writeSync(pipe.theirs, 'last words');
    source.drain();
    expect(got()).toBe('last words');
    expect(ended()).toBe(false);
    posixKernel.closeFd(pipe.theirs);
    source.drain();
    expect(ended()).toBe(true);
  });

  test('leaves it in the pipe while paused', async () => {
    const { pipe, source, got } = read();
    await turn();
    source.pause();
    writeSync(pipe.theirs, 'later');
    for (let turns = 0; turns < 10; turns++) await turn();
    expect(got()).toBe('');
    source.resume();
    await waitUntil('the text', () => got() === 'later');
    posixKernel.closeFd(pipe.theirs);
  });

  test('lets a writer that has filled the pipe get further ahead', async () => {
    const { pipe, source, got } = read();
    const writer = openSync(
      `/proc/self/fd/${pipe.theirs}`,
      constants.O_WRONLY | constants.O_NONBLOCK,
    );
    posixKernel.closeFd(pipe.theirs);
    const block = Buffer.alloc(65_536, 'x');
    expect(writeSync(writer, block)).toBe(block.length);
    await waitUntil('the block', () => got().length === block.length);
    source.pause();
    expect(writeSync(writer, block) + writeSync(writer, block)).toBe(2 * block.length);
    closeSync(writer);
  });

  test('may be closed in the middle of a chunk', async () => {
    const pipe = posixKernel.openPipe('read');
    let chunks = 0;
    const source = posixKernel.readPipe(pipe.ours, {
      data() {
        chunks += 1;
        source.close();
      },
      end: () => undefined,
    });
    writeSync(pipe.theirs, 'x'.repeat(60_000));
    await waitUntil('a chunk', () => chunks > 0);
    for (let turns = 0; turns < 10; turns++) await turn();
    expect(chunks).toBe(1);
    posixKernel.closeFd(pipe.theirs);
  });
});

describe('a pipe that is written to line by line', () => {
  const LINE = 'a line of output\n';

  /** Writes lines each turn until there have been so many reads. */
  async function writeUntilRead(fd: number, count: number, reads: () => number): Promise<string> {
    let written = '';
    const deadline = performance.now() + 5000;
    while (reads() < count && performance.now() < deadline) {
      writeSync(fd, LINE);
      written += LINE;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return written;
  }

  function read(isUrgent: boolean): {
    pipe: Pipe;
    source: PipeSource;
    chunks: string[];
    ended: () => boolean;
  } {
    const pipe = posixKernel.openPipe('read');
    const chunks: string[] = [];
    let hasEnded = false;
    const source = posixKernel.readPipe(pipe.ours, {
      isUrgent,
      data: (chunk) => void chunks.push(chunk.toString()),
      end: () => (hasEnded = true),
    });
    open.push(source);
    return { pipe, source, chunks, ended: () => hasEnded };
  }

  test('is read in few pieces, to its end, and closed', async () => {
    const { pipe, source, chunks, ended } = read(false);
    const written = await writeUntilRead(pipe.theirs, 6, () => chunks.length);
    posixKernel.closeFd(pipe.theirs);
    await waitUntil('the end', ended);
    expect(chunks.join('')).toBe(written);
    expect(written.length / chunks.length).toBeGreaterThan(5 * LINE.length);
    source.close();
    await waitUntil('our end to be closed', () => !isOpen(pipe.ours));
  });

  test('is read when it is written to again after a silence', async () => {
    const { pipe, chunks } = read(false);
    const written = await writeUntilRead(pipe.theirs, 6, () => chunks.length);
    await waitUntil('all', () => chunks.join('') === written);
    await new Promise((resolve) => setTimeout(resolve, 60));
    writeSync(pipe.theirs, 'again');
    await waitUntil('the text', () => chunks.at(-1) === 'again');
    expect(chunks.join('')).toBe(`${written}again`);
    posixKernel.closeFd(pipe.theirs);
  });

  test('is left alone while paused, and drained at once', async () => {
    const { pipe, source, chunks, ended } = read(false);
    let written = await writeUntilRead(pipe.theirs, 6, () => chunks.length);
    source.pause();
    const before = chunks.length;
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(chunks.length).toBe(before);
    source.resume();
    await waitUntil('all', () => chunks.join('') === written);
    written += await writeUntilRead(pipe.theirs, chunks.length + 6, () => chunks.length);
    posixKernel.closeFd(pipe.theirs);
    source.drain();
    expect(chunks.join('')).toBe(written);
    expect(ended()).toBe(true);
  });

  test('can be closed without killing those who still write', async () => {
    const { pipe, source, chunks } = read(false);
    await writeUntilRead(pipe.theirs, 6, () => chunks.length);
    source.close();
    for (let n = 0; n < 10; n++) {
      writeSync(pipe.theirs, 'x'.repeat(60_000));
      await turn();
    }
    posixKernel.closeFd(pipe.theirs);
    await waitUntil('our end to be closed', () => !isOpen(pipe.ours));
    expect(isOpen(pipe.ours)).toBe(false);
  });

  test('is read at once if each piece is waited for', async () => {
    const { pipe, chunks } = read(true);
    const written = await writeUntilRead(pipe.theirs, 20, () => chunks.length);
    expect(written.length / chunks.length).toBeLessThan(5 * LINE.length);
    posixKernel.closeFd(pipe.theirs);
  });
});

describe('a pipe that others still write to', () => {
  test('can be closed without killing them', async () => {
    const pipe = posixKernel.openPipe('read');
    const source = posixKernel.readPipe(pipe.ours, {
      data: () => undefined,
      end: () => undefined,
    });
    source.close();
    // More than it holds: somebody must be reading, and nobody gets SIGPIPE or EPIPE.
    for (let n = 0; n < 10; n++) {
      writeSync(pipe.theirs, 'x'.repeat(30_000));
      await turn();
    }
    posixKernel.closeFd(pipe.theirs);
    await waitUntil('our end to be closed', () => !isOpen(pipe.ours));
    expect(isOpen(pipe.ours)).toBe(false);
  });

  test('can be drained while they go on', async () => {
    const pipe = posixKernel.openPipe('read');
    const writer = spawn('yes', { stdio: ['ignore', pipe.theirs, 'ignore'] });
    let bytes = 0;
    const source = posixKernel.readPipe(pipe.ours, {
      data: (chunk) => (bytes += chunk.length),
      end: () => undefined,
    });
    await waitUntil('output', () => bytes > 0);
    source.drain();
    source.close();
    writer.kill('SIGKILL');
    posixKernel.closeFd(pipe.theirs);
    await waitUntil('our end to be closed', () => !isOpen(pipe.ours));
    expect(isOpen(pipe.ours)).toBe(false);
  });
});

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}

describe('writing', () => {
  test('keeps in order what the pipe does not take yet', async () => {
    const pipe = posixKernel.openPipe('write');
    let drained = 0;
    const sink = posixKernel.writePipe(pipe.ours, {
      broken: () => undefined,
      drained: () => (drained += 1),
    });
    open.push(sink);
    const sent = Array.from({ length: 40 }, (_, n) => String(n % 10).repeat(100_000)).join('');
    for (let at = 0; at < sent.length; at += 100_000) {
      sink.write(Buffer.from(sent.slice(at, at + 100_000)));
    }
    expect(sink.queued).toBeGreaterThan(0);
    const buffer = Buffer.alloc(65_536);
    let got = '';
    const read = async (until: number): Promise<void> => {
      while (got.length < until) {
        // Blocks only for what is under way: the rest is written by the event loop.
        await turn();
        got += buffer.toString('latin1', 0, readSync(pipe.theirs, buffer));
      }
    };
    expect(drained).toBe(0);
    await read(sent.length);
    expect([got === sent, sink.queued, drained]).toEqual([true, 0, 1]);
    sink.write(Buffer.from('then at once'));
    expect(sink.queued).toBe(0);
    await read(sent.length + 12);
    expect(got.slice(sent.length)).toBe('then at once');
    posixKernel.closeFd(pipe.theirs);
  });

  test('tells that nobody reads any more', async () => {
    const pipe = posixKernel.openPipe('write');
    let broken = 0;
    const sink = posixKernel.writePipe(pipe.ours, {
      broken: () => (broken += 1),
      drained: () => undefined,
    });
    open.push(sink);
    posixKernel.closeFd(pipe.theirs);
    sink.write(Buffer.from('hello'));
    sink.write(Buffer.from('hello'));
    await turn();
    expect(broken).toBe(1);
  });
});
