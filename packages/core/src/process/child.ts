import type { ProcessConfig } from '@tsvisor/config';

import { SpawnError, errorCode, errorText } from '../errors.ts';
import type { Channel } from '../events/types.ts';
import type { PipeSink, PipeSource } from '../kernel.ts';
import { ChildOutput } from '../logs/output/child-output.ts';
import type { OutputLog } from '../logs/output/child-output.ts';
import { LineFormat, isFormatted } from '../logs/output/line-format.ts';
import { logListenerOutput } from '../logs/output/listener-output.ts';
import type { ResolvedCommand } from './command.ts';
import type { ProcessContext } from './context.ts';
import { childEnvironment } from './environment.ts';
import { SpawnPipes } from './spawn-pipes.ts';
import type { ProcessState } from './states.ts';

/** Takes a channel's output, chunk by chunk; false: wait for the log's `onDrain`. */
interface Output {
  write(chunk: Buffer): boolean;
  end(): void;
}

/** One life of a process: a child of the operating system, its pipes, and what reads them. */
export class Child {
  readonly pid: number;
  /** Why it never came to execute its command, if so. */
  readonly #lastWords: string | undefined;
  readonly #sources: readonly PipeSource[];
  readonly #outputs: readonly Output[];
  readonly #stdin: PipeSink | undefined;
  readonly #context: ProcessContext;
  readonly #name: string;
  readonly #state: () => ProcessState;
  /** The descriptors of what is still read. */
  readonly #monitored = new Map<Channel, number>();
  #isStdinBroken = false;

  private constructor(
    pid: number,
    pipes: SpawnPipes,
    lastWords: string | undefined,
    config: ProcessConfig,
    context: ProcessContext,
    state: () => ProcessState,
  ) {
    this.pid = pid;
    this.#lastWords = lastWords;
    this.#context = context;
    this.#name = config.name;
    this.#state = state;
    const outputs = pipes.channels.map((channel) => this.#output(channel, config));
    this.#outputs = outputs;
    this.#stdin = pipes.stdin === undefined ? undefined : this.#feed(pipes.stdin);
    this.#sources = pipes.channels.map((channel, index) =>
      this.#read(pipes.output(channel), channel, outputs[index] as Output),
    );
  }

  /**
   * Opens the logs and the pipes and starts the child.
   *
   * @param state of the process that it is a life of
   * @throws {SpawnError} with the text that becomes its spawnerr (process.md §4)
   */
  static spawn(
    command: ResolvedCommand,
    config: ProcessConfig,
    context: ProcessContext,
    state: () => ProcessState,
  ): Child {
    const { kernel, stdinSocket } = context;
    const socket = stdinSocket?.acquire();
    let pipes: SpawnPipes | undefined;
    try {
      pipes = openPipes(config, context, socket);
      const { pid, stillborn } = fork(config.name, () =>
        kernel.spawn({
          ...command,
          environment: childEnvironment(config, context.group, context.serverUrl),
          directory: config.directory,
          umask: config.umask,
          user: config.user,
          stdio: (pipes as SpawnPipes).theirs,
        }),
      );
      pipes.closeTheirs();
      return new Child(pid, pipes, stillborn?.text, config, context, state);
    } catch (error) {
      pipes?.closeAll();
      stdinSocket?.release();
      throw error;
    }
  }

  /** It never came to execute its command. */
  get isStillborn(): boolean {
    return this.#lastWords !== undefined;
  }

  /** Of a stillborn one, on its stderr; with redirect_stderr there is one channel, and it is there. */
  sayLastWords(): void {
    if (this.#lastWords !== undefined) this.#outputs.at(-1)?.write(Buffer.from(this.#lastWords));
  }

  /** Whether something that was written to its stdin still waits for it to read. */
  get isStdinClogged(): boolean {
    return (this.#stdin?.queued ?? 0) > 0;
  }

  /** @returns false if it has closed its input, or never had one of ours */
  writeStdin(data: Buffer): boolean {
    if (this.#stdin === undefined || this.#isStdinBroken) return false;
    this.#stdin.write(data);
    return !this.#isStdinBroken;
  }

  /** It is dead: all that it wrote goes to its logs, and its pipes and logs are closed. */
  finish(): void {
    for (const source of this.#sources) source.drain();
    for (const channel of this.#monitored.keys()) this.#stopMonitoring(channel);
    for (const source of this.#sources) source.close();
    for (const output of this.#outputs) output.end();
    this.#stdin?.close();
    this.#context.logs.stdout.close();
    this.#context.logs.stderr.close();
    this.#context.stdinSocket?.release();
  }

  #output(channel: Channel, config: ProcessConfig): Output {
    const { logger, protocol, stripAnsi, group, events, readers } = this.#context;
    const log = this.#context.logs[channel];
    if (channel === 'stdout' && protocol !== undefined) {
      const options = { process: config.name, log, logger, stripAnsi: () => stripAnsi };
      return {
        write(chunk) {
          const goesOn = logListenerOutput(chunk, options);
          protocol(chunk);
          return goesOn;
        },
        end: () => undefined,
      };
    }
    return new ChildOutput({
      process: { name: config.name, group },
      pid: () => this.pid,
      channel,
      config: config[channel],
      log: this.#lines(channel, config),
      readers,
      logger,
      emit: (event) => events.emit(event),
      stripAnsi: () => stripAnsi,
    });
  }

  /** The log, behind what its lines are to look like. */
  #lines(channel: Channel, config: ProcessConfig): OutputLog {
    const { logs, group, clock } = this.#context;
    const log = logs[channel];
    if (!isFormatted(config[channel])) return log;
    return new LineFormat(log, {
      process: { name: config.name, group },
      channel,
      config: config[channel],
      pid: () => this.pid,
      now: () => clock.now(),
    });
  }

  /** Here and not in the constructor, whose variables would live as long as these functions. */
  #feed(fd: number): PipeSink {
    return this.#context.kernel.writePipe(fd, {
      broken: () => (this.#isStdinBroken = true),
      drained: () => this.#context.stdinDrained(),
    });
  }

  #read(fd: number, channel: Channel, output: Output): PipeSource {
    const { kernel, logs } = this.#context;
    this.#monitored.set(channel, fd);
    const source = kernel.readPipe(fd, {
      // A listener's next event waits for its answer.
      isUrgent: channel === 'stdout' && this.#context.protocol !== undefined,
      data(chunk) {
        if (!output.write(chunk)) source.pause();
      },
      end: () => {
        output.end();
        this.#stopMonitoring(channel);
      },
    });
    logs[channel].onDrain = () => source.resume();
    return source;
  }

  /** Says so, once; where supervisord has addresses in memory, there are numbers that tell as much. */
  #stopMonitoring(channel: Channel): void {
    const { logger, protocol } = this.#context;
    const fd = this.#monitored.get(channel);
    if (!this.#monitored.delete(channel) || !logger.passes('debug')) return;
    const kind =
      channel === 'stdout' && protocol !== undefined
        ? 'PEventListenerDispatcher'
        : 'POutputDispatcher';
    const whose = `<Subprocess at ${this.pid} with name ${this.#name} in state ${this.#state()}>`;
    const monitored = `<${kind} at ${fd} for ${whose} (${channel})>`;
    logger.log('debug', `fd ${fd} closed, stopped monitoring ${monitored}`);
  }
}

/** @throws {SpawnError} */
function openPipes(
  config: ProcessConfig,
  context: ProcessContext,
  socket: number | undefined,
): SpawnPipes {
  const { logs } = context;
  try {
    const pipes = SpawnPipes.open(config, context.kernel, socket);
    try {
      logs.stdout.open();
      if (!config.redirectStderr) logs.stderr.open();
    } catch (error) {
      pipes.closeAll();
      throw error;
    }
    return pipes;
  } catch (error) {
    const code = errorCode(error);
    throw new SpawnError(
      code === 'EMFILE'
        ? `too many open files to spawn '${config.name}'`
        : `unknown error making dispatchers for '${config.name}': ${code ?? errorText(error)}`,
      { cause: error },
    );
  }
}

/** @throws {SpawnError} */
function fork<T>(name: string, spawn: () => T): T {
  try {
    return spawn();
  } catch (error) {
    const code = errorCode(error);
    throw new SpawnError(
      code === 'EAGAIN'
        ? `Too many processes in process table to spawn '${name}'`
        : `unknown error during fork for '${name}': ${code ?? errorText(error)}`,
      { cause: error },
    );
  }
}
