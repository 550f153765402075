import type { ChannelConfig } from '@tsvisor/config';
import { pythonRepr } from '@tsvisor/config';

import type { Cancel, Clock } from '../clock.ts';
import { SupervisorError, errorText } from '../errors.ts';
import type { Channel } from '../events/types.ts';
import { createAutoLog } from './auto-log.ts';
import { MemoryLog } from './memory-log.ts';
import { openSink } from './open-sink.ts';
import type { SendNow } from './outlet/open-outlet.ts';
import type { Deliver, FollowOptions, Follower } from './reading/follow.ts';
import { readFrom, readLogFile, tailFrom, tailLogFile } from './reading/log-reader.ts';
import type { LogTail } from './reading/log-reader.ts';
import { MemoryTail } from './reading/memory-tail.ts';
import { followLog } from './reading/tail.ts';
import type { LogSink, Report } from './sink.ts';
import { SyslogSink } from './syslog.ts';
import type { Syslog } from './syslog.ts';

export interface ChildLogOptions {
  /** The name of the process, without its group. */
  readonly process: string;
  readonly channel: Channel;
  readonly config: ChannelConfig;
  /** Where AUTO logs are made, and whose they are. */
  readonly childLogDir: string;
  readonly identifier: string;
  /** The AUTO log that an earlier group of the same configuration has had. */
  readonly autoPath?: string | undefined;
  readonly clock: Clock;
  /** Told once about each thing that does not work; meant for the main log. */
  readonly report: Report;
  readonly syslog?: Syslog | undefined;
  readonly sendNow?: SendNow | undefined;
}

/**
 * The log of one channel of one process, over all its lives: opened at every spawn, closed
 * after every end, and readable at any time.
 */
export class ChildLog {
  /** Called when it is no longer backed up. */
  onDrain: (() => void) | undefined;

  readonly #options: ChildLogOptions;
  #path: string | null;
  #memory: MemoryLog | undefined;
  #isOpen = false;
  #bytesWritten = 0;
  #file: LogSink | undefined;
  readonly #syslog: SyslogSink | undefined;
  #followers: Set<() => void> | undefined;

  constructor(options: ChildLogOptions) {
    this.#options = options;
    const { logfile, syslog } = options.config;
    this.#path = logfile.to === 'file' ? logfile.path : (options.autoPath ?? null);
    if (logfile.to === 'memory') this.#memory = new MemoryLog(() => this.#changed());
    if (syslog && options.syslog !== undefined) {
      this.#syslog = new SyslogSink(options.process, options.syslog);
    }
  }

  /** null: there is none, or it is in memory. */
  get path(): string | null {
    return this.#path;
  }

  /** Handed to it over all lives, since it was made. */
  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  get backedUp(): boolean {
    return this.#file?.backedUp ?? false;
  }

  /** Bytes that are not in the log yet, because the disk or a reader is slow. */
  get pending(): number {
    return this.#file?.pending ?? 0;
  }

  /** Creates the file of an AUTO log, when its group is added. Where that fails, memory takes its place. */
  prepare(): void {
    if (this.#options.config.logfile.to !== 'auto' || this.#path !== null) return;
    const { childLogDir: folder, identifier, process, channel } = this.#options;
    try {
      this.#path = createAutoLog({ folder, identifier, process, channel });
    } catch (error) {
      this.#keepInMemory(error);
    }
  }

  /** @throws the system's error if its file cannot be opened: the process cannot be spawned then */
  open(): void {
    this.close();
    this.prepare();
    this.#openFile();
    this.#isOpen = true;
    if (this.#file !== undefined) this.#file.onDrain = () => this.onDrain?.();
  }

  /** @returns false if it is backed up: what comes next should wait for `onDrain` */
  write(data: Buffer): boolean {
    if (!this.#isOpen) return true;
    this.#bytesWritten += data.length;
    this.#syslog?.write(data);
    return this.#file?.write(data) ?? true;
  }

  /**
   * @throws {SupervisorError} NO_FILE with the path, or without if there is no log;
   *   BAD_ARGUMENTS; FAILED
   */
  read(offset: number, length: number): Buffer {
    if (this.#memory !== undefined) return readFrom(this.#memory, offset, length);
    if (this.#path === null) throw new SupervisorError('NO_FILE', '');
    return readLogFile(this.#path, offset, length);
  }

  tail(offset: number, length: number): LogTail {
    if (this.#memory !== undefined) return tailFrom(this.#memory, offset, length);
    if (this.#path === null) return { data: Buffer.alloc(0), size: 0, overflow: false };
    return tailLogFile(this.#path, offset, length);
  }

  /**
   * Streams its end and then what is added.
   *
   * @throws {SupervisorError} NO_FILE
   */
  follow(deliver: Deliver, options?: FollowOptions): Follower {
    const follower = this.#openFollower(deliver, options);
    const unsubscribe = this.#subscribe(() => follower.changed());
    return {
      changed: () => follower.changed(),
      resume: () => follower.resume(),
      close: () => {
        unsubscribe();
        follower.close();
      },
    };
  }

  /**
   * Empties it if it is open; the log of a process that is not running stays as it is.
   *
   * @throws {SupervisorError} FAILED if the file cannot be removed
   */
  clear(): void {
    if (!this.#isOpen) return;
    try {
      this.#file?.clear();
    } catch {
      throw new SupervisorError('FAILED', this.#options.process);
    }
  }

  reopen(): void {
    if (this.#isOpen) this.#file?.reopen();
  }

  flush(): void {
    this.#file?.flush();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file?.close();
  }

  #openFile(): void {
    if (this.#path === null) {
      this.#file = this.#memory;
      return;
    }
    // What a former life left to be written comes first.
    if (this.#file !== this.#memory && this.#file?.revive() === true) {
      this.#file.reopen();
      return;
    }
    try {
      this.#file = this.#openSink(this.#path);
    } catch (error) {
      if (this.#options.config.logfile.to !== 'auto') throw error;
      this.#keepInMemory(error);
      this.#file = this.#memory;
      return;
    }
    // A file can be made at last.
    if (this.#memory !== undefined) this.#file.write(this.#memory.contents());
    this.#memory = undefined;
  }

  #openSink(path: string): LogSink {
    const { config, clock, report, sendNow } = this.#options;
    // Not by spreading: V8 would make a class of its own for each, of half a kilobyte.
    return openSink({
      path,
      clock,
      report,
      sendNow,
      maxBytes: config.maxBytes,
      backups: config.backups,
      overflow: 'wait',
      noFollow: config.logfile.to === 'auto',
      written: () => this.#changed(),
    });
  }

  #keepInMemory(error: unknown): void {
    this.#path = null;
    if (this.#memory !== undefined) return;
    this.#memory = new MemoryLog(() => this.#changed());
    const { process, channel, childLogDir, report } = this.#options;
    report(
      `no file for the ${channel} of ${pythonRepr(process)} can be made in ${childLogDir}, ` +
        `its newest output is kept in memory: ${errorText(error)}`,
    );
  }

  #openFollower(deliver: Deliver, options?: FollowOptions): Follower {
    if (this.#memory !== undefined) return new MemoryTail(this.#memory, deliver, options);
    if (this.#path === null) throw new SupervisorError('NO_FILE', '');
    return followLog({ ...options, path: this.#path, deliver });
  }

  #subscribe(changed: () => void): Cancel {
    (this.#followers ??= new Set()).add(changed);
    return () => this.#followers?.delete(changed);
  }

  #changed(): void {
    for (const changed of this.#followers ?? []) changed();
  }
}
