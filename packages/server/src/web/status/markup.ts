// What server and browser both show is described once, as data: the one makes text of it, the
// other elements.

export type Markup = string | Element;

export interface Element {
  readonly tag: string;
  /** true: there, without a value; false: not there. */
  readonly attributes: Readonly<Record<string, string | boolean>>;
  readonly children: readonly Markup[];
}

export const element = (
  tag: string,
  attributes: Element['attributes'] = {},
  ...children: readonly Markup[]
): Element => ({ tag, attributes, children });

// The dash is one so that a page without other such letters is one byte a letter in memory, too.
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\u2013': '&ndash;',
};

export function toText(markup: Markup): string {
  if (typeof markup === 'string') return escaped(markup, /[&<\u2013]/g);
  const { tag, attributes, children } = markup;
  let text = `<${tag}`;
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === 'string') text += ` ${name}="${escaped(value, /[&<"]/g)}"`;
    else if (value === true) text += ` ${name}`;
  }
  text += '>';
  for (const child of children) text += toText(child);
  return `${text}</${tag}>`;
}

const escaped = (text: string, what: RegExp): string =>
  text.search(what) === -1 ? text : text.replace(what, (char) => escapes[char] ?? char);
