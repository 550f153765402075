/**
 * A response in the very form that supervisord and tsvd write: read without an XML parser, in a
 * tenth of the time. Whatever is not of that form, to the letter, is left to the parser, which
 * then says what it is or what is wrong with it.
 */
import type { RpcStruct, RpcValue } from '../values.ts';
import type { DocumentLimits } from './limits.ts';
import { exceeds } from './limits.ts';

const head = "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n";
const tail = '</param>\n</params>\n</methodResponse>\n';
/** What a parser refuses in text, or turns into something else. */
// oxlint-disable-next-line no-control-regex
const notPlain = /[\0-\x08\x0b-\x1f\ufffe\uffff]|\]\]>/;

/** @returns undefined if the document is of another form */
export function readPlainResponse(text: string, limits: DocumentLimits): RpcValue | undefined {
  if (!text.startsWith(head) || notPlain.test(text)) return undefined;
  const reader = new PlainReader(text, head.length, limits);
  const value = reader.value(4);
  return value !== undefined && reader.isAt(tail) ? value : undefined;
}

/** Each method reads one thing where the last one ended; undefined: something else stands there. */
class PlainReader {
  readonly #text: string;
  #at: number;
  readonly #limits: DocumentLimits;
  #elements = 3;

  constructor(text: string, at: number, limits: DocumentLimits) {
    this.#text = text;
    this.#at = at;
    this.#limits = limits;
  }

  /** Whether just this is left. */
  isAt(end: string): boolean {
    return this.#text.length - this.#at === end.length && this.#text.startsWith(end, this.#at);
  }

  /** @param depth of the element, with all that it stands in */
  value(depth: number): RpcValue | undefined {
    // One for what stands in it, too.
    this.#elements += 2;
    if (exceeds(depth + 1, this.#limits.maxDepth)) return undefined;
    if (exceeds(this.#elements, this.#limits.maxElements)) return undefined;
    if (!this.#take('<value>')) return undefined;
    const content = this.#content(depth + 1);
    return content !== undefined && this.#take('</value>\n') ? content : undefined;
  }

  #content(depth: number): RpcValue | undefined {
    if (this.#take('<string>')) return this.#string();
    if (this.#take('<int>')) return this.#int();
    if (this.#take('<struct>\n')) return this.#struct(depth);
    if (this.#take('<array><data>\n')) return this.#list(depth);
    if (this.#take('<boolean>1</boolean>')) return true;
    return this.#take('<boolean>0</boolean>') ? false : undefined;
  }

  #string(): string | undefined {
    const text = this.#upTo('</string>');
    return text?.includes('&') === true ? unescaped(text) : text;
  }

  #int(): number | undefined {
    const text = this.#upTo('</int>');
    return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) + 0 : undefined;
  }

  #list(depth: number): RpcValue[] | undefined {
    this.#elements += 1;
    const items: RpcValue[] = [];
    while (!this.#take('</data></array>')) {
      const item = this.value(depth + 2);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  #struct(depth: number): RpcStruct | undefined {
    // Null prototype: a member may be called `__proto__` or `constructor`.
    const members = Object.create(null) as Record<string, RpcValue>;
    while (!this.#take('</struct>')) {
      this.#elements += 2;
      if (!this.#take('<member>\n<name>')) return undefined;
      const name = this.#upTo('</name>\n');
      if (name === undefined || name.includes('&')) return undefined;
      const value = this.value(depth + 2);
      if (value === undefined || !this.#take('</member>\n')) return undefined;
      members[name] = value;
    }
    return members;
  }

  /** The text before the next tag, if that is this one. */
  #upTo(tag: string): string | undefined {
    const end = this.#text.indexOf('<', this.#at);
    if (end === -1 || !this.#text.startsWith(tag, end)) return undefined;
    const text = this.#text.slice(this.#at, end);
    this.#at = end + tag.length;
    return text;
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** undefined: there is an entity that is never written. */
function unescaped(text: string): string | undefined {
  const plain = text.replaceAll(/&(?:amp|lt|gt);/g, (entity) => entities[entity] as string);
  return /&(?!(?:amp|lt|gt);)/.test(text) ? undefined : plain;
}
