/**
 * XML to values, one element at a time. An element that closes is replaced by its value, so the
 * tree in memory is never more than one open path and what has not been used yet.
 */
import { SaxesParser } from 'saxes';

import type { RpcValue } from '../values.ts';
import { UnmarshallableError } from './errors.ts';
import { exceeds } from './limits.ts';
import type { DocumentLimits } from './limits.ts';

export interface Element {
  readonly name: string;
  /** The text before the first child; null if there is none. */
  text: string | null;
  /** The children; none any more once the element has a value of its own. */
  children: Element[];
  /** What it stands for: by its name, or else its text. Set when it closes. */
  value: RpcValue;
}

/** How elements of a name become values. A name that is not listed stands for its text. */
export type Unmarshallers = ReadonlyMap<string, (element: Element) => RpcValue>;

/**
 * Reads a document.
 *
 * @returns of each wanted name the element that closed last, wherever in the document it stood.
 * @throws {UnmarshallableError} for anything that is not well-formed, any DOCTYPE (and so any
 * entity but the five of XML), and anything over a limit.
 */
export function readTree(
  text: string,
  unmarshallers: Unmarshallers,
  limits: DocumentLimits,
  wanted: readonly string[],
): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  const open: Element[] = [];
  let count = 0;
  const countOne = (): void => {
    count += 1;
    if (exceeds(count, limits.maxElements)) throw over(limits.maxElements, 'elements');
  };
  // Version 1.0 whatever the prolog says, as expat does. Namespaces on: `x:int` is not `int`.
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });

  parser.on('doctype', () => {
    throw new UnmarshallableError('a DOCTYPE is not accepted');
  });
  parser.on('attribute', countOne);
  parser.on('opentag', (tag) => {
    countOne();
    if (exceeds(open.length + 1, limits.maxDepth)) throw over(limits.maxDepth, 'levels');
    const name = tag.uri === '' ? tag.name : `{${tag.uri}}${tag.local}`;
    const element: Element = { name, text: null, children: [], value: null };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (piece: string): void => {
    // An empty CDATA section is no text at all.
    if (piece === '') return;
    const element = open.at(-1);
    if (element && element.children.length === 0) element.text = (element.text ?? '') + piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    const unmarshal = unmarshallers.get(element.name);
    if (unmarshal) {
      element.value = unmarshal(element);
      element.children = [];
    } else {
      element.value = element.text;
      if (wanted.includes(element.name)) found.set(element.name, element);
    }
  });

  try {
    for (const piece of pieces(text)) {
      parser.write(piece);
      if (count === 0 && piece.length === pieceSize) {
        throw new UnmarshallableError('no element in the first 64 KiB');
      }
    }
    parser.close();
  } catch (error) {
    if (error instanceof UnmarshallableError) throw error;
    throw new UnmarshallableError(`not well-formed: ${messageOf(error)}`, { cause: error });
  }
  return found;
}

const pieceSize = 64 * 1024;

/** Line ends as XML wants them, and cut, so that an endless prolog is noticed early. */
function* pieces(text: string): Generator<string> {
  // Splitting and joining takes a fifth of the time of replaceAll where there are millions.
  const normalized = text.split('\r\n').join('\n').split('\r').join('\n');
  for (let start = 0; start < normalized.length; start += pieceSize) {
    yield normalized.slice(start, start + pieceSize);
  }
}

function over(limit: number, what: string): UnmarshallableError {
  return new UnmarshallableError(`the document has more than ${limit} ${what}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
