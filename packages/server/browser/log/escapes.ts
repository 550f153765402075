// Reads what a program wrote as a terminal would, as far as it shows in one line: text, its style,
// and where in the line it goes. Everything else that terminals obey is swallowed.
import { PLAIN, selectRendition } from './style.ts';
import type { Style } from './style.ts';

export interface Screen {
  write(text: string, style: Style): void;
  lineFeed(): void;
  carriageReturn(): void;
  backspace(): void;
  /** What a line is cleared of: from the cursor on, up to it, or all. */
  eraseLine(what: 'rest' | 'beginning' | 'all'): void;
}

/** More of a sequence's parameters than this means nothing. */
const LONGEST_PARAMETERS = 256;

type State =
  | 'text'
  | 'escape'
  /** After `ESC (` and the like: one character more. */
  | 'intermediate'
  | 'control'
  /** A title, a hyperlink, a picture: up to its terminator, or the line's end. */
  | 'string'
  | 'string-escape';

/** Keeps its state over chunks, which may be cut anywhere. */
export class EscapeReader {
  #state: State = 'text';
  #parameters = '';
  #style = PLAIN;
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  read(chunk: string): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'text') {
        const end = endOfText(chunk, at);
        if (end > at) this.#screen.write(chunk.slice(at, end), this.#style);
        at = end;
        if (at === chunk.length) return;
      }
      this.#take(chunk.charCodeAt(at), chunk.charAt(at));
      at++;
    }
  }

  #take(code: number, character: string): void {
    // These end whatever was under way, so that an unfinished sequence costs one line at most.
    if (code === LINE_FEED) {
      this.#state = 'text';
      return this.#screen.lineFeed();
    }
    if (code === CANCEL || code === SUBSTITUTE) {
      if (this.#state === 'text') this.#screen.write(picture(code), this.#style);
      this.#state = 'text';
      return undefined;
    }
    if (code === ESCAPE) {
      this.#state = this.#state === 'string' ? 'string-escape' : 'escape';
      return undefined;
    }
    return this.#in[this.#state](code, character);
  }

  readonly #in: Readonly<Record<State, (code: number, character: string) => void>> = {
    text: (code) => this.#special(code),
    escape: (code, character) => this.#escape(code, character),
    intermediate: (code) => {
      if (!isIntermediate(code)) this.#state = 'text';
    },
    control: (code, character) => this.#control(code, character),
    string: (code) => {
      if (code === BELL || code === C1_TERMINATOR) this.#state = 'text';
    },
    'string-escape': (code, character) => {
      this.#state = 'text';
      // `ESC \` is its end; any other sequence ends it too, and begins.
      if (character !== '\\') this.#escape(code, character);
    },
  };

  #special(code: number): void {
    if (code === CARRIAGE_RETURN) return this.#screen.carriageReturn();
    if (code === BACKSPACE) return this.#screen.backspace();
    if (code === BELL) return undefined;
    if (code >= 0x80 && code <= 0x9f) return this.#introduce(String.fromCharCode(code - 0x40));
    return this.#screen.write(picture(code), this.#style);
  }

  #escape(code: number, character: string): void {
    if (isIntermediate(code)) this.#state = 'intermediate';
    else this.#introduce(character);
  }

  /** What follows ESC, or its one-character form among the C1 controls. */
  #introduce(character: string): void {
    this.#parameters = '';
    this.#state = character === '[' ? 'control' : 'PX^_]'.includes(character) ? 'string' : 'text';
  }

  #control(code: number, character: string): void {
    if (code >= 0x20 && code <= 0x3f) {
      if (this.#parameters.length <= LONGEST_PARAMETERS) this.#parameters += character;
      return;
    }
    // Terminals obey a control character in the midst of a sequence, and read on.
    if (code === CARRIAGE_RETURN) return this.#screen.carriageReturn();
    if (code < 0x20) return;
    this.#state = 'text';
    if (code <= 0x7e && this.#parameters.length <= LONGEST_PARAMETERS) this.#perform(character);
  }

  #perform(final: string): void {
    const parameters = this.#parameters;
    // A private one (`ESC [ ? 25 h`, `ESC [ > 4 m`) has another meaning.
    if (!/^[\d;:]*$/.test(parameters)) return;
    if (final === 'm') this.#style = selectRendition(this.#style, parameters);
    else if (final === 'K') this.#screen.eraseLine(eraseParts[Number(parameters)] ?? 'rest');
    else if (final === 'G' && Number(parameters) <= 1) this.#screen.carriageReturn();
  }
}

const eraseParts = ['rest', 'beginning', 'all'] as const;

const BELL = 0x07;
const BACKSPACE = 0x08;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const CANCEL = 0x18;
const SUBSTITUTE = 0x1a;
const ESCAPE = 0x1b;
const DELETE = 0x7f;
const C1_TERMINATOR = 0x9c;

const isIntermediate = (code: number): boolean => code >= 0x20 && code <= 0x2f;

/** Where the characters end that stand for themselves. */
function endOfText(chunk: string, from: number): number {
  let at = from;
  while (at < chunk.length && !isSpecial(chunk.charCodeAt(at))) at++;
  return at;
}

function isSpecial(code: number): boolean {
  if (code < 0x20) return code !== TAB;
  if (code < 0x7f) return false;
  return code <= 0x9f || isBidiControl(code);
}

/** Those that reorder the text around them, so that it reads other than it is. */
const isBidiControl = (code: number): boolean =>
  (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);

/** What shows in the place of a character that would act. */
function picture(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === DELETE) return '\u2421';
  return `[U+${code.toString(16).toUpperCase()}]`;
}
