import { ConfigError } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import { indentOf, strip, stripEnd } from '../python/text.ts';
import { commentStart } from './comment.ts';
import { decodeText } from './decode.ts';
import type { Section, Sections } from './sections.ts';

export interface ParseOptions {
  /**
   * The sections of programs and groups are not asked for. Those that are as usual are left out; for a client that
   * asks a daemon with 1,000 programs for their status, reading them was a fifth of its work.
   */
  readonly withoutPrograms?: boolean;
}

/** Reads one file into `sections`: the grammar of Python's RawConfigParser with inline comments. */
export function parseFile(
  bytes: Uint8Array,
  file: string,
  sections: Sections,
  { withoutPrograms = false }: ParseOptions = {},
): void {
  const { text, problem } = decodeText(bytes);
  const parser = new FileParser(file, sections);
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  for (let start = 0, end = 0; start < lines.length; start = end) {
    if (withoutPrograms && lines[start] === '[') {
      end = endOfUsualProgram(lines, start);
      if (end > start) {
        parser.passOver(lines, start, end);
        continue;
      }
    }
    end = lines.indexOf('\n', start) + 1 || lines.length;
    parser.read(lines.slice(start, end));
  }
  if (problem !== undefined) throw new ConfigError(problem, { file });
  parser.finish();
}

/**
 * A line as nearly all are: `key = value` from its first column, in ASCII, with nothing in it that could begin a
 * comment. Whatever else a line may be takes the long way, which gives the same for these (0.5 and 2.5 µs).
 */
const USUAL =
  /^([A-Za-z_][\w.-]*)[ \t]*=[ \t]*((?:[!"$-:<-~](?:[ -"$-:<-~]*[!"$-:<-~])?)?)[ \t]*\n?$/;

/** A section of nothing but such lines and empty ones, up to the next section. */
const USUAL_PROGRAM =
  /\[(?:program|fcgi-program|eventlistener|group):[^\];#\n]*\]\n(?:(?:[A-Za-z_][\w.-]*[ \t]*=[ \t]*(?:[!"$-:<-~](?:[ -"$-:<-~]*[!"$-:<-~])?)?[ \t]*)?\n)*(?=\[[\w:.-]+\](?:\n|$)|$)/y;

/** `start` if no such section begins there. */
function endOfUsualProgram(text: string, start: number): number {
  USUAL_PROGRAM.lastIndex = start;
  return USUAL_PROGRAM.test(text) ? USUAL_PROGRAM.lastIndex : start;
}

/** The value being read: its first line, and what continues it. */
interface OpenOption {
  readonly key: string;
  readonly line: number;
  readonly parts: string[];
}

class FileParser {
  readonly #file: string;
  readonly #sections: Sections;
  readonly #badLines: string[] = [];
  #firstBadLine = 0;
  #lineNumber = 0;
  #section: Section | undefined;
  #option: OpenOption | undefined;
  /** Of the last line that did not continue another. */
  #indent = 0;

  constructor(file: string, sections: Sections) {
    this.#file = file;
    this.#sections = sections;
  }

  /** What is left out counts as lines, and ends what came before it. */
  passOver(text: string, start: number, end: number): void {
    this.#closeOption();
    for (let at = start; at < end; at = text.indexOf('\n', at) + 1 || end) this.#lineNumber++;
  }

  read(line: string): void {
    this.#lineNumber++;
    const usual = USUAL.exec(line);
    if (usual !== null && this.#section !== undefined) {
      this.#indent = 0;
      this.#openOption(usual[1]!, usual[2]!);
      return;
    }
    const comment = commentStart(line);
    const text = strip(comment < 0 ? line : line.slice(0, comment));
    if (text === '') {
      if (comment < 0) this.#option?.parts.push('');
      return;
    }
    const indent = indentOf(line);
    if (this.#option && indent > this.#indent) {
      this.#option.parts.push(text);
      return;
    }
    this.#indent = indent;
    this.#readStatement(text, line);
  }

  #readStatement(text: string, line: string): void {
    const close = text.startsWith('[') ? text.lastIndexOf(']') : -1;
    if (close > 1) {
      this.#closeOption();
      this.#section = this.#sections.open(text.slice(1, close), this.#file, this.#lineNumber);
    } else if (!this.#section) {
      throw new ConfigError(
        `File contains no section headers.\nfile: ${pythonRepr(this.#file)}, line: ${this.#lineNumber}\n${pythonRepr(line)}`,
        { file: this.#file, line: this.#lineNumber },
      );
    } else {
      this.#readOption(text, line);
    }
  }

  #readOption(text: string, line: string): void {
    const delimiter = text.search(/[=:]/);
    if (delimiter <= 0) this.#rememberBad(line);
    if (delimiter < 0) return;
    this.#openOption(stripEnd(text.slice(0, delimiter)), strip(text.slice(delimiter + 1)));
  }

  #openOption(key: string, value: string): void {
    this.#closeOption();
    if (key === '') return;
    this.#option = { key: key.toLowerCase(), line: this.#lineNumber, parts: [value] };
  }

  #rememberBad(line: string): void {
    this.#firstBadLine ||= this.#lineNumber;
    const number = String(this.#lineNumber).padStart(2);
    this.#badLines.push(`\n\t[line ${number}]: ${pythonRepr(line)}`);
  }

  #closeOption(): void {
    if (!this.#option) return;
    const { key, line, parts } = this.#option;
    const value = parts.length === 1 ? parts[0]! : stripEnd(parts.join('\n'));
    this.#section!.options.set(key, { value, file: this.#file, line });
    this.#option = undefined;
  }

  finish(): void {
    this.#closeOption();
    if (this.#badLines.length === 0) return;
    throw new ConfigError(
      `Source contains parsing errors: ${pythonRepr(this.#file)}${this.#badLines.join('')}`,
      { file: this.#file, line: this.#firstBadLine },
    );
  }
}
