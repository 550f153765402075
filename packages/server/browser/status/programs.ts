// The rows of the page, as the stream tells of them.
import type { ProcessState } from '@tsvisor/core';

import type { ProcessDocument } from '../../src/api/process-document.ts';
import { groupRow, isShownAsGroup, tally } from '../../src/web/status/group-row.ts';
import { processRow } from '../../src/web/status/row.ts';
import { toElement } from '../dom.ts';
import { showCounts } from './counts.ts';
import { Folds } from './folds.ts';
import { Row } from './row.ts';

export interface Change {
  readonly row: Row;
  readonly isStateNew: boolean;
}

export class Programs {
  readonly mayAct = document.querySelector('input[name="token"]') !== null;
  readonly #body = document.querySelector<HTMLTableSectionElement>('#programs tbody');
  readonly #rows = new Map<string, Row>();
  readonly #groupRows = new Map<string, HTMLElement>();
  readonly #folds = new Folds(() => this.#changed([]));
  #changes: Map<Row, Change> | undefined;
  readonly #watchers: ((changes: readonly Change[]) => void)[] = [];

  constructor() {
    for (const shown of this.#body?.querySelectorAll<HTMLElement>('tr[data-process]') ?? [])
      this.#rows.set(shown.dataset['process'] ?? '', new Row(shown));
    for (const shown of this.#body?.querySelectorAll<HTMLElement>('tr[data-group]') ?? [])
      this.#addGroup(shown.dataset['group'] ?? '', shown);
    setInterval(() => this.#tick(), 1000);
    this.#changed([]);
  }

  get rows(): Iterable<Row> {
    return this.#rows.values();
  }

  row(namespec: string): Row | undefined {
    return this.#rows.get(namespec);
  }

  get groupRows(): ReadonlyMap<string, HTMLElement> {
    return this.#groupRows;
  }

  get folds(): Folds {
    return this.#folds;
  }

  onChange(watcher: (changes: readonly Change[]) => void): void {
    this.#watchers.push(watcher);
  }

  /** What there is, and nothing else. */
  replaceAll(processes: readonly ProcessDocument[]): void {
    const names = new Set(processes.map(({ namespec }) => namespec));
    const gone = [...this.#rows.keys()].filter((name) => !names.has(name));
    for (const name of gone) this.#rows.delete(name);
    const isNew = processes.some(({ namespec }) => !this.#rows.has(namespec));
    const changes = processes.map((process) => this.#show(process));
    if (isNew || gone.length > 0) this.#arrange();
    this.#changed(changes);
  }

  put(process: ProcessDocument): void {
    const isNew = !this.#rows.has(process.namespec);
    const change = this.#show(process);
    if (isNew) this.#arrange();
    this.#changed([change]);
  }

  remove(namespec: string): void {
    if (!this.#rows.delete(namespec)) return;
    this.#arrange();
    this.#changed([]);
  }

  #show(process: ProcessDocument): Change {
    const { mayAct } = this;
    let row = this.#rows.get(process.namespec);
    if (row === undefined) {
      row = new Row(toElement(processRow(process, { isShaded: false, mayAct })));
      this.#rows.set(process.namespec, row);
      row.show(process, mayAct);
      return { row, isStateNew: true };
    }
    return { row, isStateNew: row.show(process, mayAct) };
  }

  /** Puts all rows where they belong; whoever has the focus keeps it. */
  #arrange(): void {
    // A page without a table has no place for one, and one without programs says so.
    if (this.#body === null || this.#rows.size === 0) {
      location.reload();
      return;
    }
    const focused = document.activeElement;
    const sorted = [...this.#rows.values()].toSorted(
      (one, other) => compare(one.group, other.group) || compare(one.name, other.name),
    );
    const arranged: HTMLElement[] = [];
    const groups = new Map<string, Row[]>();
    for (const row of sorted) {
      const members = groups.get(row.group);
      if (members === undefined) groups.set(row.group, [row]);
      else members.push(row);
    }
    for (const name of this.#groupRows.keys()) if (!groups.has(name)) this.#groupRows.delete(name);
    for (const [group, rows] of groups) {
      if (isShownAsGroup(rows)) arranged.push(this.#groupRows.get(group) ?? this.#makeGroup(group));
      for (const { shown } of rows) arranged.push(shown);
    }
    sorted.forEach(({ shown }, at) => (shown.className = at % 2 === 1 ? 'shade' : ''));
    this.#body.replaceChildren(...arranged);
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
  }

  #makeGroup(group: string): HTMLElement {
    return this.#addGroup(group, toElement(groupRow(group, [], this.mayAct)));
  }

  #addGroup(group: string, shown: HTMLElement): HTMLElement {
    this.#groupRows.set(group, shown);
    this.#folds.offer(group, shown);
    return shown;
  }

  /** Tells of changes once before the next picture, however many there are. */
  #changed(changes: readonly Change[]): void {
    if (this.#changes === undefined) {
      this.#changes = new Map();
      requestAnimationFrame(() => this.#tell());
    }
    for (const change of changes) if (change.isStateNew) this.#changes.set(change.row, change);
  }

  #tell(): void {
    const changes = [...(this.#changes?.values() ?? [])];
    this.#changes = undefined;
    const states = new Map<string, ProcessState[]>();
    for (const { group, state } of this.rows)
      states.set(group, [...(states.get(group) ?? []), state]);
    showCounts([...states.values()].flat());
    for (const [group, shown] of this.#groupRows) {
      const shownTally = shown.querySelector('.tally');
      if (shownTally !== null) shownTally.textContent = tally(states.get(group) ?? []);
    }
    for (const watcher of this.#watchers) watcher(changes);
  }

  #tick(): void {
    if (!document.hidden) for (const row of this.#rows.values()) row.tick();
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
