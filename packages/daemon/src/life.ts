import type { Logger } from '@tsvisor/core';

import {
  signalsHaveArrived,
  type CaughtSignal,
  type SignalMeaning,
  type Signals,
} from './signals.ts';

/** How a life ends: for good, or to begin anew. */
export type Mood = 'SHUTDOWN' | 'RESTARTING';

/** What is needed here of the engine. */
export interface Engine {
  readonly state: string;
  readonly events: {
    subscribe(name: 'SUPERVISOR_STATE_CHANGE_STOPPING', listener: () => void): () => void;
  };
  run(): void;
  reap(): void;
  reopenLogs(): void;
  shutdown(mood: Mood): Promise<void>;
  hurry(): void;
}

export interface ReopenableLog extends Logger {
  /** Opens the files of the main log anew. */
  reopen(): void;
}

/**
 * One life of the daemon: from the start of the first program, by what signals and clients ask
 * for, to the end of the last one. A signal that came before is honoured first (difference D3):
 * after a TERM nothing is started.
 */
export async function live(
  engine: Engine,
  log: ReopenableLog,
  signals: Signals,
  beforePrograms: () => Promise<void> = () => Promise.resolve(),
  restart: () => void = () => void engine.shutdown('RESTARTING'),
): Promise<Mood> {
  const ended = endOf(engine);
  const collector = new Collector(engine);
  await signalsHaveArrived();
  signals.deliverTo((signal, meaning) =>
    reactions[meaning](signal, { engine, log, restart, collector }),
  );
  if (engine.state === 'RUNNING') await beforePrograms();
  if (engine.state === 'RUNNING') engine.run();
  // What died before our handler stood has sent its signal to nobody.
  engine.reap();
  const mood = await ended;
  collector.close();
  signals.hold();
  return mood;
}

/** Whoever asked for it: a signal, a client, the engine itself. */
function endOf(engine: Engine): Promise<Mood> {
  return new Promise((resolve, reject) => {
    const forget = engine.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () => {
      forget();
      // The event comes from within the call that begins the shutdown; then it can be joined.
      queueMicrotask(() => {
        engine.shutdown('RESTARTING').then(() => resolve(moodOf(engine)), reject);
      });
    });
  });
}

const moodOf = (engine: Engine): Mood =>
  engine.state === 'RESTARTING' ? 'RESTARTING' : 'SHUTDOWN';

export const logExitRequest = (signal: CaughtSignal, logger: Logger): void =>
  logger.log('warn', `received ${signal} indicating exit request`);

/**
 * While everything stops, the dead are collected a moment later: the kernel may give a core first to
 * whom was asked last, and those that die together are to be told of in the order of the stop.
 */
class Collector {
  readonly #engine: Engine;
  #due: NodeJS.Timeout | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  reap(): void {
    if (this.#engine.state === 'RUNNING') {
      this.#engine.reap();
      return;
    }
    this.#due ??= setTimeout(() => {
      this.#due = undefined;
      this.#engine.reap();
    }, TOGETHER_MS);
  }

  close(): void {
    clearTimeout(this.#due);
  }
}

const TOGETHER_MS = 2;

interface Life {
  readonly engine: Engine;
  readonly log: ReopenableLog;
  readonly restart: () => void;
  readonly collector: Collector;
}

type Reaction = (signal: CaughtSignal, life: Life) => void;

/** The texts are those of daemon.md §8. */
const reactions: Readonly<Record<SignalMeaning, Reaction>> = {
  exit(signal, { engine, log }) {
    logExitRequest(signal, log);
    if (engine.state === 'SHUTDOWN') engine.hurry();
    else void engine.shutdown('SHUTDOWN');
  },
  restart(signal, { engine, log, restart }) {
    if (engine.state === 'SHUTDOWN') {
      log.log('warn', `ignored ${signal} indicating restart request (shutdown in progress)`);
      return;
    }
    log.log('warn', `received ${signal} indicating restart request`);
    restart();
  },
  'reopen-logs'(signal, { engine, log }) {
    log.log('info', `received ${signal} indicating log reopen request`);
    log.log('info', 'supervisord logreopen');
    log.reopen();
    engine.reopenLogs();
  },
  reap(signal, { log, collector }) {
    collector.reap();
    log.log('debug', `received ${signal} indicating a child quit`);
  },
};
