import type { Interface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';

import { abortable } from '../abortable.ts';
import { EndOfInput, Interrupted } from '../errors.ts';
import type { Input } from '../session.ts';
import { readSecretFromTerminal } from './secret.ts';

/** What the line so far may go on with; its last word is replaced by one of them. */
export type Complete = (line: string) => Promise<readonly string[]>;

export interface TerminalInputOptions {
  /** Opened when first needed: most commands ask nothing. */
  readonly openInput: () => ReadStream;
  readonly openOutput: () => WriteStream;
  /** Called for each line, so that what was looked up for one is not offered for the next. */
  readonly newCompleter: () => Complete;
  /** Earlier lines, the newest first. */
  readonly history: readonly string[];
  /** Given all lines at the end, the newest first. */
  readonly keepHistory: (history: readonly string[]) => void;
}

type Event = { readonly line: string } | 'ended' | 'interrupted';

/** Reads lines from a terminal, with editing, history and completion. */
export class TerminalInput implements Input {
  readonly #options: TerminalInputOptions;
  readonly #events: Event[] = [];
  #history: readonly string[];
  #complete: Complete = () => Promise.resolve([]);
  #editor: Interface | undefined;
  #wasOpened = false;
  #happened: (() => void) | undefined;

  constructor(options: TerminalInputOptions) {
    this.#options = options;
    this.#history = options.history;
  }

  async readLine(prompt: string, interrupted?: AbortSignal): Promise<string> {
    const editor = await this.#open();
    this.#options.openInput().setRawMode(true);
    this.#complete = this.#options.newCompleter();
    editor.setPrompt(prompt);
    // Drawing an empty prompt would wipe what stands on the line, such as output without an end.
    if (prompt === '') editor.resume();
    else editor.prompt();
    try {
      const event = await abortable(this.#next(), interrupted);
      if (event === 'interrupted') throw new Interrupted();
      if (event === 'ended') throw new EndOfInput();
      return event.line;
    } finally {
      editor.pause();
      // So that Ctrl-C reaches a command as a signal, and what is typed meanwhile is echoed.
      this.#options.openInput().setRawMode(false);
    }
  }

  async readSecret(prompt: string): Promise<string> {
    return (await readSecretFromTerminal(prompt)) ?? this.readLine(prompt);
  }

  watchKeys(keys: readonly string[]): { readonly pressed: AbortSignal; close(): void } {
    const pressed = new AbortController();
    const input = this.#options.openInput();
    const listen = (chunk: Buffer): void => {
      const text = chunk.toString();
      // In raw mode Ctrl-C is a key like others.
      if (text.includes('\u0003') || keys.some((key) => text.includes(key))) pressed.abort();
    };
    input.setRawMode(true);
    input.on('data', listen);
    input.resume();
    const close = (): void => {
      input.off('data', listen);
      input.pause();
      input.setRawMode(false);
    };
    return { pressed: pressed.signal, close };
  }

  close(): void {
    if (!this.#wasOpened) return;
    this.#editor?.close();
    this.#editor = undefined;
    this.#options.keepHistory(this.#history);
  }

  async #next(): Promise<Event> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => {
        this.#happened = resolve;
      });
    }
  }

  async #open(): Promise<Interface> {
    if (this.#editor !== undefined) return this.#editor;
    const { createInterface } = await import('node:readline');
    const editor = createInterface({
      input: this.#options.openInput(),
      output: this.#options.openOutput(),
      history: [...this.#history],
      historySize: 1000,
      completer: (line: string, answer: (error: null, hits: [string[], string]) => void) => {
        const word = /\S*$/.exec(line)?.[0] ?? '';
        this.#complete(line).then(
          (hits) => answer(null, [[...hits], word]),
          // Without a daemon there is nothing to offer.
          () => answer(null, [[], word]),
        );
      },
    });
    editor.on('history', (history) => {
      this.#history = [...history];
    });
    editor.on('line', (line) => this.#emit({ line }));
    editor.on('SIGINT', () => this.#emit('interrupted'));
    editor.on('close', () => {
      // Ctrl-D closes it for good; the next line gets a new one.
      this.#editor = undefined;
      this.#emit('ended');
    });
    this.#editor = editor;
    this.#wasOpened = true;
    return editor;
  }

  #emit(event: Event): void {
    this.#events.push(event);
    this.#happened?.();
  }
}
