import { toText } from './markup.ts';
import { processRow } from './row.ts';
import type { RowPlace, RowProcess } from './row.ts';

/** A row's text around its description. */
interface Kept {
  readonly state: RowProcess['state'];
  readonly restarts: number;
  readonly isShaded: boolean;
  readonly before: string;
  readonly after: string;
}

/**
 * Rows as text, kept from page to page: most are as they were, but for their uptime. A page of a
 * hundred programs takes a fifth of the time so, and hardly any garbage.
 */
export class RowTexts {
  readonly #mayAct: boolean;
  readonly #kept = new Map<string, Kept>();

  constructor(mayAct: boolean) {
    this.#mayAct = mayAct;
  }

  rows(processes: readonly RowProcess[], between: (at: number) => string): string {
    // Others have come since, or gone.
    if (this.#kept.size > processes.length) this.#kept.clear();
    let text = '';
    for (const [at, process] of processes.entries()) {
      const { before, after } = this.#keep(process, at % 2 === 1);
      text += `${between(at)}${before}${toText(process.description)}${after}\n`;
    }
    return text;
  }

  #keep(process: RowProcess, isShaded: boolean): Kept {
    const { namespec, state, restarts } = process;
    const known = this.#kept.get(namespec);
    if (known?.state === state && known.restarts === restarts && known.isShaded === isShaded)
      return known;
    const place: RowPlace = { isShaded, mayAct: this.#mayAct };
    const [before = '', after = ''] = toText(
      processRow({ ...process, description: PLACE }, place),
    ).split(PLACE);
    const kept = { state, restarts, isShaded, before, after };
    this.#kept.set(namespec, kept);
    return kept;
  }
}

/** Where the description goes: nothing that a name could hold. */
const PLACE = '\0';
