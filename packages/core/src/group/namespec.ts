/** `g:p`, `p` (in the group of its own name), or `g:*` and `g:` (a whole group). */
export interface Namespec {
  readonly group: string;
  /** null: all processes of the group. */
  readonly process: string | null;
}

/** Splits at the first colon (rpc.md §9). */
export function parseNamespec(text: string): Namespec {
  const colon = text.indexOf(':');
  if (colon === -1) return { group: text, process: text };
  const process = text.slice(colon + 1);
  return {
    group: text.slice(0, colon),
    process: process === '' || process === '*' ? null : process,
  };
}

/** How a process is called in what people read. */
export const namespecText = (group: string, process: string): string =>
  group === process ? process : `${group}:${process}`;
