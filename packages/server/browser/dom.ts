import type { Markup } from '../src/web/status/markup.ts';

/** What the server makes text of, as elements; a text stays a text. */
export function toNode(markup: Markup): Node {
  if (typeof markup === 'string') return document.createTextNode(markup);
  const made = document.createElement(markup.tag);
  for (const [name, value] of Object.entries(markup.attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...markup.children.map(toNode));
  return made;
}

export const toElement = (markup: Exclude<Markup, string>): HTMLElement =>
  toNode(markup) as HTMLElement;

/** An element of the page that its server always sends. */
export function find<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} #${id}`);
}
