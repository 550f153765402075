import type { Interface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';

import { abortable } from '../abortable.ts';
import { EndOfInput, Interrupted } from '../errors.ts';
import type { Input } from '../session.ts';
import { readSecretFromTerminal } from './secret.ts';

export interface TerminalInputOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** What the line so far may go on with; the last word is replaced by one of them. */
  readonly complete: (line: string) => Promise<readonly string[]>;
  /** Earlier lines, the newest first. */
  readonly history: readonly string[];
}

type Event = { readonly line: string } | 'ended' | 'interrupted';

/** Reads lines from a terminal, with editing, history and completion. */
export class TerminalInput implements Input {
  readonly #options: TerminalInputOptions;
  readonly #events: Event[] = [];
  #history: readonly string[];
  #editor: Interface | undefined;
  #happened: (() => void) | undefined;

  constructor(options: TerminalInputOptions) {
    this.#options = options;
    this.#history = options.history;
  }

  /** All lines, the newest first. */
  get history(): readonly string[] {
    return this.#history;
  }

  async readLine(prompt: string, interrupted?: AbortSignal): Promise<string> {
    const editor = await this.#open();
    this.#options.input.setRawMode(true);
    editor.setPrompt(prompt);
    editor.prompt();
    try {
      const event = await abortable(this.#next(), interrupted);
      if (event === 'interrupted') throw new Interrupted();
      if (event === 'ended') throw new EndOfInput();
      return event.line;
    } finally {
      editor.pause();
      // So that Ctrl-C reaches a command as a signal, and what is typed meanwhile is echoed.
      this.#options.input.setRawMode(false);
    }
  }

  async readSecret(prompt: string): Promise<string> {
    return (await readSecretFromTerminal(prompt)) ?? this.readLine(prompt);
  }

  watchKeys(keys: readonly string[]): { readonly pressed: AbortSignal; close(): void } {
    const pressed = new AbortController();
    const { input } = this.#options;
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
    this.#editor?.close();
    this.#editor = undefined;
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
    const { input, output, complete } = this.#options;
    const editor = createInterface({
      input,
      output,
      history: [...this.#history],
      historySize: 1000,
      completer: (line: string, answer: (error: null, hits: [string[], string]) => void) => {
        const word = /\S*$/.exec(line)?.[0] ?? '';
        complete(line).then(
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
    return editor;
  }

  #emit(event: Event): void {
    this.#events.push(event);
    this.#happened?.();
  }
}
