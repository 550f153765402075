import type { ProcessState } from '@tsvisor/core';

import type { ProcessDocument } from '../../src/api/process-document.ts';
import { NOT_KNOWN, actionCell, stateCell } from '../../src/web/status/row.ts';
import { toElement } from '../dom.ts';
import { formatUptime } from './format.ts';

/** One program on the page. */
export class Row {
  readonly shown: HTMLElement;
  readonly namespec: string;
  group: string;
  name: string;
  #state: ProcessState | undefined;
  /** When it was started, by the page's clock; undefined: it does not run. */
  #upSince: number | undefined;
  #description = '';
  /** Something that was asked for goes on. */
  #isUnsettled = false;
  #waitingSlot: number | undefined;

  constructor(shown: HTMLElement) {
    this.shown = shown;
    this.namespec = shown.dataset['process'] ?? '';
    const colon = this.namespec.indexOf(':');
    this.group = colon === -1 ? this.namespec : this.namespec.slice(0, colon);
    this.name = this.namespec.slice(colon + 1);
    // With a script the live log is the better page.
    const link = shown.querySelector<HTMLAnchorElement>('td.name a');
    link?.setAttribute('href', (link.getAttribute('href') ?? '').replace('tail.html', 'log.html'));
    link?.removeAttribute('target');
  }

  get state(): ProcessState {
    return this.shown.dataset['state'] as ProcessState;
  }

  /** Whether the state is another than before. */
  show(process: ProcessDocument, mayAct: boolean): boolean {
    this.group = process.group;
    this.name = process.name;
    this.#description = process.description;
    this.#upSince =
      process.state === 'RUNNING' && process.uptime !== null
        ? performance.now() - process.uptime * 1000
        : undefined;
    if (process.pid === null) this.showUsage(NOT_KNOWN, NOT_KNOWN);
    this.#cell('restarts').textContent = String(process.restarts);
    const isNew = this.#state !== undefined && this.#state !== process.state;
    if (process.state !== this.state) this.#showState(process, mayAct);
    this.#state = process.state;
    this.#settle();
    this.tick();
    return isNew;
  }

  /** Lets the uptime go on. */
  tick(): void {
    const text =
      this.#upSince === undefined
        ? this.#description
        : this.#description.replace(
            /uptime .*$/,
            `uptime ${formatUptime((performance.now() - this.#upSince) / 1000)}`,
          );
    const shown = this.#cell('desc').firstElementChild;
    if (shown !== null && this.#state !== undefined && shown.textContent !== text)
      shown.textContent = text;
  }

  showUsage(cpu: string, memory: string): void {
    this.#cell('cpu').textContent = cpu;
    this.#cell('memory').textContent = memory;
  }

  /** Something has been asked for. */
  asked(): void {
    this.#isUnsettled = false;
    this.shown.setAttribute('aria-busy', 'true');
  }

  /** The server has answered; where it goes on, that shows until the state has settled. */
  answered(isDone: boolean): void {
    this.#isUnsettled = !isDone;
    this.#settle();
    if (isDone) this.shown.removeAttribute('aria-busy');
  }

  #settle(): void {
    if (!this.#isUnsettled || isPassing(this.state)) return;
    this.#isUnsettled = false;
    this.shown.removeAttribute('aria-busy');
  }

  #showState(process: ProcessDocument, mayAct: boolean): void {
    this.shown.dataset['state'] = process.state;
    this.#cell('status').replaceWith(toElement(stateCell(process.state)));
    const before = this.#cell('action');
    const slot = slotOfFocus(before) ?? this.#leftSlot();
    const after = toElement(actionCell(process, mayAct));
    before.replaceWith(after);
    if (slot !== undefined) this.#keepFocus(after, slot);
  }

  /**
   * A button that goes while it has the focus must not leave it to the next one, which does
   * something else: it waits at the name, and comes back with the button.
   */
  #keepFocus(cell: HTMLElement, slot: number): void {
    const item = cell.querySelectorAll<HTMLElement>('li > *')[slot];
    if (item !== undefined && !item.classList.contains('hidden')) {
      item.focus();
      return;
    }
    const refuge = this.#cell('name').querySelector('a');
    refuge?.focus();
    this.#waitingSlot = slot;
  }

  /** The slot whose button had the focus, if nobody has taken it elsewhere since. */
  #leftSlot(): number | undefined {
    const slot = this.#waitingSlot;
    this.#waitingSlot = undefined;
    return this.#cell('name').contains(document.activeElement) ? slot : undefined;
  }

  #cell(name: string): HTMLElement {
    const cell = this.shown.querySelector<HTMLElement>(`td.${name}`);
    if (cell === null) throw new Error(`a row has no ${name}`);
    return cell;
  }
}

const isPassing = (state: ProcessState): boolean => state === 'STARTING' || state === 'STOPPING';

function slotOfFocus(cell: HTMLElement): number | undefined {
  const at = [...cell.querySelectorAll('li > *')].indexOf(document.activeElement as Element);
  return at === -1 ? undefined : at;
}
