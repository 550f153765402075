import { statSync } from 'node:fs';

import { SupervisorError, parseNamespec } from '@tsvisor/core';
import type { Channel, Follower, Process, Supervisor } from '@tsvisor/core';

import { HttpError } from '../http/message.ts';
import type { EndlessReply, Header, Request, Sink } from '../http/message.ts';
import type { MainLog } from '../methods/main-log.ts';

/** Streams to `deliver`, which returns false if it wants no more until the follower is resumed. */
type Follow = (deliver: (chunk: Buffer) => boolean) => Follower;

/** `/logtail/NAME[/CHANNEL]`: what a process writes, from now on and without end (rpc.md §4). */
export function logtail(request: Request, supervisor: Supervisor): EndlessReply {
  if (request.method !== 'GET') throw new HttpError(400);
  const [, name, ...rest] = request.path.replace(/^\/+/, '').split('/');
  if (name === undefined) throw new Error('the path names no process');
  const channel = rest.length === 0 ? 'stdout' : rest.join('/');
  const process = processNamed(supervisor, name);
  if (process === undefined || !isChannel(channel)) throw new HttpError(404);
  const log = process.log(channel);
  return stream(log.path, (deliver) => log.follow(deliver), [['X-Accel-Buffering', 'no']]);
}

/** `/mainlogtail`: the daemon's own log. */
export function mainLogtail(request: Request, log: MainLog): EndlessReply {
  if (request.method !== 'GET') throw new HttpError(400);
  return stream(log.path, (deliver) => log.follow(deliver), []);
}

const isChannel = (text: string): text is Channel => text === 'stdout' || text === 'stderr';

function processNamed(supervisor: Supervisor, name: string): Process | undefined {
  const { group, process } = parseNamespec(name);
  // A whole group has no log.
  return process === null ? undefined : supervisor.group(group)?.process(process);
}

function stream(path: string | null, follow: Follow, headers: readonly Header[]): EndlessReply {
  const pipe = new LogPipe(follow);
  return {
    status: 200,
    headers: [
      ['Last-Modified', modified(path).toUTCString()],
      ['Content-Type', 'text/plain;charset=utf-8'],
      ...headers,
    ],
    stream: (sink) => pipe.open(sink),
  };
}

/** When the log was last written to; one in memory is new. */
function modified(path: string | null): Date {
  const stats = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
  return stats?.mtime ?? new Date();
}

/** Between a follower, which begins at once, and a client, whose reply begins a moment later. */
class LogPipe {
  readonly #follower: Follower;
  readonly #held: Buffer[] = [];
  #sink: Sink | undefined;

  /** @throws {HttpError} 404 if there is no such log */
  constructor(follow: Follow) {
    try {
      this.#follower = follow((chunk) => this.#deliver(chunk));
    } catch (error) {
      if (error instanceof SupervisorError && error.code === 'NO_FILE') throw new HttpError(404);
      throw error;
    }
  }

  open(sink: Sink): () => void {
    this.#sink = sink;
    sink.drained(() => this.#follower.resume());
    if (this.#held.splice(0).every((chunk) => sink.write(chunk))) this.#follower.resume();
    return () => this.#follower.close();
  }

  #deliver(chunk: Buffer): boolean {
    if (this.#sink !== undefined) return this.#sink.write(chunk);
    this.#held.push(chunk);
    return false;
  }
}
