import { EventBus } from '../../src/events/bus.ts';
import { EventPool } from '../../src/events/pool.ts';
import type { EventPoolOptions, PoolMember } from '../../src/events/pool.ts';
import { Serials } from '../../src/events/serials.ts';
import { RecordingLogger } from '../../src/testing/index.ts';

/** A process that does as told: it keeps what it was sent, and reads nothing if it is broken. */
export class FakeMember implements PoolMember {
  readonly name: string;
  running = true;
  broken = false;
  clogged = false;
  readonly sent: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  isRunning(): boolean {
    return this.running;
  }

  isClogged(): boolean {
    return this.clogged;
  }

  write(data: Buffer): 'written' | 'broken' {
    if (this.broken) return 'broken';
    this.sent.push(data.toString());
    return 'written';
  }

  /** The payloads that it was sent, as groups' names. */
  get groups(): string[] {
    return this.sent.map((text) => /groupname:(.*)\n/.exec(text)?.[1] ?? text);
  }
}

/** A supervisor with pools of fake processes, whose deferred work waits for `turn`. */
export class PoolSetup {
  readonly failures: unknown[] = [];
  readonly bus = new EventBus((error) => this.failures.push(error));
  readonly serials = new Serials();
  readonly logger = new RecordingLogger();
  readonly unknown: string[] = [];
  #deferred: (() => void)[] = [];

  pool(
    members: readonly FakeMember[],
    options: Partial<EventPoolOptions<FakeMember>> = {},
  ): EventPool<FakeMember> {
    return new EventPool({
      name: 'l',
      events: ['PROCESS_GROUP_ADDED'],
      bufferSize: 10,
      members,
      server: 'supervisor',
      bus: this.bus,
      serials: this.serials,
      logger: this.logger,
      defer: (run) => this.#deferred.push(run),
      enteredUnknown: (member) => this.unknown.push(member.name),
      ...options,
    });
  }

  emit(...groups: string[]): void {
    for (const group of groups) this.bus.emit({ type: 'PROCESS_GROUP_ADDED', group });
  }

  /** One turn of the event loop: what was deferred until now, and nothing that it defers. */
  turn(): number {
    const due = this.#deferred.splice(0);
    for (const run of due) run();
    return due.length;
  }
}

export const say = (pool: EventPool<FakeMember>, member: FakeMember, text: string): void =>
  pool.received(member, Buffer.from(text));
