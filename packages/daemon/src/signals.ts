/** What supervisord does on each signal (daemon.md §8); all others keep their default action. */
const meanings = {
  SIGTERM: 'exit',
  SIGINT: 'exit',
  SIGQUIT: 'exit',
  SIGHUP: 'restart',
  SIGUSR2: 'reopen-logs',
  SIGCHLD: 'reap',
} as const;

export type CaughtSignal = keyof typeof meanings;
export type SignalMeaning = (typeof meanings)[CaughtSignal];

export type SignalReceiver = (signal: CaughtSignal, meaning: SignalMeaning) => void;

/** Where signals come from: this process, or a test's stand-in. */
export interface SignalSource {
  on(signal: NodeJS.Signals, handler: () => void): unknown;
  off(signal: NodeJS.Signals, handler: () => void): unknown;
}

/**
 * Catches signals from its construction on, and keeps them, in order of arrival, until somebody
 * is there to act on them: one that came while the daemon started, or restarted, is not lost.
 */
export class Signals {
  readonly #waiting: CaughtSignal[] = [];
  #receiver: SignalReceiver | undefined;
  #exitAsked: (signal: CaughtSignal) => void = () => undefined;

  constructor(source: SignalSource) {
    for (const signal of Object.keys(meanings) as CaughtSignal[]) {
      source.on(signal, () => this.#arrived(signal));
    }
    const nothing = (): void => {};
    // A write beyond RLIMIT_FSIZE shall fail with EFBIG, not end the daemon.
    source.on('SIGXFSZ', nothing);
    // Node starts its inspector on SIGUSR1. When a handler goes, libuv restores the default
    // action, which is what supervisord has: the signal ends it.
    source.on('SIGUSR1', nothing);
    source.off('SIGUSR1', nothing);
  }

  /** Hands over what came so far, and from now on each signal as it comes. */
  deliverTo(receiver: SignalReceiver): void {
    this.#receiver = receiver;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      receiver(next, meanings[next]);
    }
  }

  /** Signals are kept again. */
  hold(): void {
    this.#receiver = undefined;
  }

  /** Resolves when one of those that are kept asks to exit; never once they are delivered. */
  exitAsked(): Promise<CaughtSignal> {
    return new Promise((resolve) => {
      const [waiting] = this.#waiting.filter(asksToExit);
      if (waiting) resolve(waiting);
      else this.#exitAsked = resolve;
    });
  }

  #arrived(signal: CaughtSignal): void {
    if (this.#receiver) {
      this.#receiver(signal, meanings[signal]);
      return;
    }
    if (!this.#waiting.includes(signal)) this.#waiting.push(signal);
    if (asksToExit(signal)) this.#exitAsked(signal);
  }
}

const asksToExit = (signal: CaughtSignal): boolean => meanings[signal] === 'exit';

/**
 * Resolves when every signal that the kernel has delivered by now has reached its handler.
 * libuv hands them over in the poll phase; from within that phase the first setImmediate runs
 * before the next poll, the second after it (tried: with one, the handler had not run).
 */
export async function signalsHaveArrived(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}
