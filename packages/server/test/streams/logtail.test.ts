import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from '@jest/globals';

import type { EndlessReply, Reply, Request } from '../../src/http/message.ts';
import { MainLog } from '../../src/methods/main-log.ts';
import { logtail, mainLogtail } from '../../src/streams/logtail.ts';
import { channel, group, program } from '../support/config.ts';
import { daemonOf } from '../support/daemon.ts';
import { folder } from '../support/folder.ts';
import { waitFor } from '../support/wait-for.ts';

let path: string;
beforeEach(() => {
  path = join(folder(), 'log');
});

const get = (path: string, method = 'GET'): Request => ({ method, path }) as Request;

const setUp = () => {
  const stdout = channel({ logfile: { to: 'file', path } });
  return daemonOf([group('g', [program('a', { stdout })])]);
};

/** Listens to an endless reply. */
function listen(reply: Reply) {
  if (!('stream' in reply)) throw new Error('not endless');
  const heard = { text: '', writes: 0, isFull: false, drain: (): void => undefined };
  const stop = (reply as EndlessReply).stream({
    write: (chunk) => {
      heard.text += chunk.toString('latin1');
      heard.writes += 1;
      return !heard.isFull;
    },
    drained: (run) => (heard.drain = run),
    end: () => undefined,
  });
  return { heard, stop };
}

describe('/logtail', () => {
  test('sends the last 1024 bytes, and then what is added', async () => {
    writeFileSync(path, `${'a'.repeat(1000)}${'b'.repeat(1000)}`);
    const { kernel, supervisor } = setUp();
    supervisor.find('g:a')[0]?.beginStart();
    const reply = logtail(get('/logtail/g:a'), supervisor);
    expect(reply.headers.map(([name]) => name)).toEqual([
      'Last-Modified',
      'Content-Type',
      'X-Accel-Buffering',
    ]);
    const { heard, stop } = listen(reply);
    await waitFor('the history', () => heard.text.length === 1024);
    kernel.output(kernel.child().pid, 1, 'more');
    await waitFor('the news', () => heard.text.endsWith('bmore'));
    stop();
  });

  test('reads no faster than the client', async () => {
    writeFileSync(path, 'x');
    const { kernel, supervisor } = setUp();
    supervisor.find('g:a')[0]?.beginStart();
    const { heard, stop } = listen(logtail(get('/logtail/g:a/stdout'), supervisor));
    await waitFor('the history', () => heard.text === 'x');
    heard.isFull = true;
    kernel.output(kernel.child().pid, 1, 'y');
    await waitFor('one more', () => heard.text === 'xy');
    for (let n = 0; n < 100; n++) kernel.output(kernel.child().pid, 1, 'z'.repeat(10_000));
    await new Promise((resolve) => void setTimeout(resolve, 20));
    expect(heard.text).toBe('xy');
    heard.isFull = false;
    heard.drain();
    await waitFor('the rest', () => heard.text.length === 1_000_002);
    stop();
  });

  test.each([
    '/logtail/nosuch',
    '/logtail/a',
    '/logtail/g:*',
    '/logtail/g:',
    '/logtail/g:a/stderr',
    '/logtail/g:a/other',
    '/logtail/g:a/stdout/',
    '/logtail/g:a',
    '/logtail/',
  ])('knows no log for %s', (asked) => {
    expect(() => logtail(get(asked), setUp().supervisor)).toThrow(
      expect.objectContaining({ status: 404 }),
    );
  });

  test('takes GET only, and a name', () => {
    const { supervisor } = setUp();
    expect(() => logtail(get('/logtail/g:a', 'HEAD'), supervisor)).toThrow(
      expect.objectContaining({ status: 400 }),
    );
    expect(() => logtail(get('/logtail'), supervisor)).toThrow('the path names no process');
  });
});

describe('/mainlogtail', () => {
  test('follows the log through rotation and truncation', async () => {
    writeFileSync(path, 'one\n');
    let changed = (): void => undefined;
    const log = new MainLog({
      path,
      clear: () => undefined,
      subscribe: (run) => {
        changed = run;
        return () => (changed = () => undefined);
      },
    });
    const reply = mainLogtail(get('/mainlogtail'), log);
    expect(reply.headers.map(([name]) => name)).toEqual(['Last-Modified', 'Content-Type']);
    const { heard, stop } = listen(reply);
    await waitFor('the first line', () => heard.text === 'one\n');
    appendFileSync(path, 'two\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'three\n');
    changed();
    await waitFor('both files', () => heard.text === 'one\ntwo\nthree\n');
    truncateSync(path, 0);
    changed();
    await waitFor('the cut', () => heard.text.endsWith('three\n==> File truncated <==\n'));
    stop();
  });

  test('is not there when the log is not a file', () => {
    const log = new MainLog({
      path: null,
      clear: () => undefined,
      subscribe: () => () => undefined,
    });
    expect(() => mainLogtail(get('/mainlogtail'), log)).toThrow(
      expect.objectContaining({ status: 404 }),
    );
  });
});
