import { BadValue } from './errors.ts';

export interface WordRules {
  /** Which characters outside quotes belong to a word; any other one is a word of its own. */
  readonly isWordCharacter: (character: string) => boolean;
  /** `#` outside quotes drops the rest of its line. */
  readonly hasComments: boolean;
}

/** The words of a command line as a POSIX shell splits it, with nothing expanded. */
export function splitCommand(text: string): string[] {
  return shellWords(text, { isWordCharacter: () => true, hasComments: false });
}

/** Quotes and backslashes as in a POSIX shell. Throws `No closing quotation` or `No escaped character`. */
export function shellWords(text: string, rules: WordRules): string[] {
  return new WordReader(text, rules).words;
}

class WordReader {
  readonly words: string[] = [];
  readonly #text: readonly string[];
  readonly #rules: WordRules;
  #at = 0;
  /** undefined between words; quotes begin a word, be it an empty one. */
  #word: string | undefined;

  constructor(text: string, rules: WordRules) {
    this.#text = Array.from(text);
    this.#rules = rules;
    while (this.#at < this.#text.length) this.#read(this.#text[this.#at++]!);
    this.#endWord();
  }

  #read(character: string): void {
    if (' \t\r\n'.includes(character)) this.#endWord();
    else if (character === '#' && this.#rules.hasComments) this.#skipLine();
    else if (character === "'" || character === '"') this.#quoted(character);
    else if (character === '\\') this.#add(this.#escaped());
    else if (this.#rules.isWordCharacter(character)) this.#add(character);
    else this.#alone(character);
  }

  #quoted(quote: string): void {
    this.#add('');
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw new BadValue('No closing quotation');
      if (character === quote) return;
      this.#add(character === '\\' && quote === '"' ? this.#escapedInQuotes() : character);
    }
  }

  /** Between double quotes a backslash stays, but before another one or a double quote. */
  #escapedInQuotes(): string {
    const character = this.#escaped();
    return character === '"' || character === '\\' ? character : '\\' + character;
  }

  #escaped(): string {
    const character = this.#text[this.#at++];
    if (character === undefined) throw new BadValue('No escaped character');
    return character;
  }

  #skipLine(): void {
    this.#endWord();
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }

  #alone(character: string): void {
    this.#endWord();
    this.words.push(character);
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.words.push(this.#word);
    this.#word = undefined;
  }
}
