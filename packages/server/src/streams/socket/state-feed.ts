import { namespecText } from '@tsvisor/core';
import type { Cancel, Process, Supervisor } from '@tsvisor/core';

import { processDocument } from '../../api/process-document.ts';
import { draft } from './sayings.ts';
import type { Draft } from './sayings.ts';

/** What has changed: of which process, by its namespec, or of the supervisor itself (null). */
export type Change = readonly [of: string | null, message: Draft];

/**
 * Tells of each change of a process or of the supervisor. Documents are made once for all who
 * listen, and when what changed them is done: a process that starts has its pid by then.
 */
export class StateFeed {
  readonly #supervisor: Supervisor;
  readonly #listeners = new Set<(changes: readonly Change[]) => void>();
  #stop: Cancel | undefined;
  /** In the order in which they changed. */
  readonly #changed = new Set<string | null>();
  /** By group, as the listeners know them. */
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor;
  }

  /** @returns all there is, as a message, and what ends it */
  subscribe(tell: (changes: readonly Change[]) => void): readonly [whole: Draft, stop: Cancel] {
    this.#stop ??= this.#listen();
    // Those who are there already are told of what came before, and a new one has it in the whole.
    this.tell();
    this.#listeners.add(tell);
    const stop = (): void => {
      this.#listeners.delete(tell);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
      this.#changed.clear();
      this.#known.clear();
    };
    return [this.#whole(), stop];
  }

  #listen(): Cancel {
    const { events, groups } = this.#supervisor;
    for (const group of groups) this.#know(group.name);
    const stops = [
      events.subscribe('PROCESS_STATE', ({ process: { group, name } }) =>
        this.#note(namespecText(group, name)),
      ),
      events.subscribe('SUPERVISOR_STATE_CHANGE', () => this.#note(null)),
      this.#supervisor.watchProcesses((group) => this.#compare(group)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #whole(): Draft {
    const { state, groups } = this.#supervisor;
    const processes = groups.flatMap(({ processes, config }) =>
      processes.map((process) => processDocument(process, config.type)),
    );
    return draft('states', { supervisor: { state }, processes });
  }

  #note(of: string | null): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.tell());
    this.#changed.delete(of);
    this.#changed.add(of);
  }

  /** Processes have come to a group, or gone. */
  #compare(group: string): void {
    const before = this.#known.get(group) ?? new Set();
    const now = this.#know(group);
    for (const name of before) if (!now.has(name)) this.#note(name);
    for (const name of now) if (!before.has(name)) this.#note(name);
  }

  #know(group: string): ReadonlySet<string> {
    const processes = this.#supervisor.group(group)?.processes;
    const names = new Set(processes?.map(({ name }) => namespecText(group, name)));
    if (processes === undefined) this.#known.delete(group);
    else this.#known.set(group, names);
    return names;
  }

  /** Tells what has changed up to now, without waiting for more. */
  tell(): void {
    if (this.#changed.size === 0) return;
    const changes = [...this.#changed].map((of) => [of, this.#draft(of)] as const);
    this.#changed.clear();
    for (const tell of this.#listeners) tell(changes);
  }

  #draft(of: string | null): Draft {
    if (of === null) return draft('supervisor', { state: this.#supervisor.state });
    const found = this.#find(of);
    if (found === undefined) return draft('removed', { process: of });
    return draft('state', { process: processDocument(...found) });
  }

  #find(namespec: string): Parameters<typeof processDocument> | undefined {
    const colon = namespec.indexOf(':');
    const group = this.#supervisor.group(colon === -1 ? namespec : namespec.slice(0, colon));
    const process: Process | undefined = group?.process(namespec.slice(colon + 1));
    return process === undefined || group === undefined ? undefined : [process, group.config.type];
  }
}
