import type { ProcessConfig } from '@tsvisor/config';

import type { Channel } from '../events/types.ts';
import type { Kernel, Pipe } from '../kernel.ts';

/** The standard streams of a child that is about to be spawned. */
export class SpawnPipes {
  readonly #kernel: Kernel;
  readonly #stdin: Pipe | undefined;
  readonly #socket: number | undefined;
  readonly #outputs: ReadonlyMap<Channel, Pipe>;

  private constructor(
    kernel: Kernel,
    stdin: Pipe | undefined,
    socket: number | undefined,
    outputs: ReadonlyMap<Channel, Pipe>,
  ) {
    this.#kernel = kernel;
    this.#stdin = stdin;
    this.#socket = socket;
    this.#outputs = outputs;
  }

  /**
   * @param socket what the child gets as its stdin instead of a pipe
   * @throws the system's error; nothing is left open then
   */
  static open(
    config: Pick<ProcessConfig, 'user' | 'redirectStderr'>,
    kernel: Kernel,
    socket: number | undefined,
  ): SpawnPipes {
    const opened: Pipe[] = [];
    const { user } = config;
    // Its own, or it could not open /dev/stdout by name.
    const owner = user === null ? undefined : { uid: user.uid, gid: user.gid ?? -1 };
    const open = (here: 'read' | 'write'): Pipe => {
      const pipe = kernel.openPipe(here, owner);
      opened.push(pipe);
      return pipe;
    };
    try {
      const stdin = socket === undefined ? open('write') : undefined;
      const outputs = new Map<Channel, Pipe>([['stdout', open('read')]]);
      if (!config.redirectStderr) outputs.set('stderr', open('read'));
      return new SpawnPipes(kernel, stdin, socket, outputs);
    } catch (error) {
      for (const { ours, theirs } of opened) for (const fd of [ours, theirs]) kernel.closeFd(fd);
      throw error;
    }
  }

  /** Our end of its stdin; undefined if that is a socket. */
  get stdin(): number | undefined {
    return this.#stdin?.ours;
  }

  /** The channels that have a pipe of their own. */
  get channels(): readonly Channel[] {
    return [...this.#outputs.keys()];
  }

  output(channel: Channel): number {
    return this.#pipe(channel).ours;
  }

  /** What the child gets as 0, 1 and 2. */
  get theirs(): readonly [number, number, number] {
    const stdout = this.#pipe('stdout').theirs;
    const stderr = this.#outputs.get('stderr')?.theirs ?? stdout;
    return [this.#stdin?.theirs ?? (this.#socket as number), stdout, stderr];
  }

  closeTheirs(): void {
    for (const { theirs } of this.#pipes()) this.#kernel.closeFd(theirs);
  }

  closeAll(): void {
    this.closeTheirs();
    for (const { ours } of this.#pipes()) this.#kernel.closeFd(ours);
  }

  #pipes(): readonly Pipe[] {
    const outputs = [...this.#outputs.values()];
    return this.#stdin === undefined ? outputs : [this.#stdin, ...outputs];
  }

  #pipe(channel: Channel): Pipe {
    const pipe = this.#outputs.get(channel);
    if (pipe === undefined) throw new Error(`internal error: no pipe for ${channel}`);
    return pipe;
  }
}
