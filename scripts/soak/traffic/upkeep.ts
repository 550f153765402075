import { execFile } from 'node:child_process';
import { existsSync, readdirSync, renameSync } from 'node:fs';

import type { Random } from '../../../fuzz/random.ts';
import { readLedger } from '../accounts/ledger.ts';
import { movedName } from '../accounts/log-files.ts';
import type { Configuration } from '../configuration.ts';
import { writeExtras } from '../configuration.ts';
import { tsvctl } from '../daemon.ts';
import { namespec } from '../programs.ts';
import { elapse } from '../wait.ts';
import type { Party } from './clients.ts';

/** What an operator does now and then, one thing after the other: files, signals, tsvctl. */
export class Upkeep {
  /** By name, the lives that a reload may have ended before their last output was told to listeners. */
  readonly cutOff = new Map<string, Set<number>>();
  readonly #party: Party;
  readonly #configuration: Configuration;
  readonly #random: Random;
  #moves = 0;

  constructor(party: Party, configuration: Configuration, random: Random) {
    this.#party = party;
    this.#configuration = configuration;
    this.#random = random;
  }

  /** @param reloads after how many seconds each */
  async run(reloads: readonly number[], isOver: () => boolean): Promise<void> {
    const begun = performance.now();
    const due = [...reloads];
    while (!isOver()) {
      const next = due[0] ?? Infinity;
      if ((performance.now() - begun) / 1000 >= next) {
        due.shift();
        await this.#reload();
      } else {
        await this.#random.pick(this.#chores)();
      }
      await elapse(this.#random.between(5, 25) / 10);
    }
  }

  readonly #chores: readonly (() => Promise<unknown>)[] = [
    () => this.#moveLogs(),
    () => this.#takeFolderAway(),
    () => this.#editConfiguration(),
    () => this.#control('status'),
    () => this.#control('restart', this.#someName()),
    () => this.#control('tail', this.#someName()),
    () => this.#control('avail'),
  ];

  /** As logrotate does: another name for the file, and USR2. */
  async #moveLogs(): Promise<void> {
    const { daemon, programs, tally } = this.#party;
    this.#moves += 1;
    const logs = programs
      .filter(({ habit }) => habit.treatment === 'moves')
      .flatMap(({ name }) =>
        ['stdout', 'stderr'].map((one) => `${daemon.ground.logs}/${name}.${one}`),
      );
    for (const log of [...logs, daemon.ground.mainLog]) {
      if (existsSync(log)) renameSync(log, movedName(log, this.#moves));
    }
    daemon.signal('SIGUSR2');
    tally.count('logs moved away, and USR2');
    await elapse(0.5);
  }

  async #takeFolderAway(): Promise<void> {
    const { away } = this.#party.daemon.ground;
    renameSync(away, `${away}.gone`);
    await elapse(this.#random.between(5, 40) / 10);
    renameSync(`${away}.gone`, away);
    this.#party.tally.count('log folder away for a while');
  }

  async #editConfiguration(): Promise<void> {
    const { ground } = this.#party.daemon;
    const { extras } = this.#configuration;
    const chosen = extras.filter(() => !this.#random.once(3));
    writeExtras(ground, chosen, [`environment=EDITION="${this.#random.int(3)}"`]);
    await this.#control('update');
  }

  async #reload(): Promise<void> {
    const { daemon, books, tally } = this.#party;
    const before = this.#lives();
    const from = performance.now();
    await daemon.reload();
    books.reloads.push({ from, to: performance.now() });
    this.#cut(before, this.#lives());
    tally.count('HUP');
    const left = readdirSync(daemon.ground.auto).map((file) => file.split('---', 1)[0]);
    if (new Set(left).size < left.length) tally.surprise('AUTO logs of an earlier start are there');
  }

  /** From now on nobody need hear of the last output of programs. */
  cutOffFromNow(): () => void {
    const before = this.#lives();
    return () => this.#cut(before, this.#lives());
  }

  #lives(): Map<string, number> {
    const { daemon, programs } = this.#party;
    return new Map(
      programs.map(({ name }) => [name, readLedger(daemon.ground.ledgerOf(name)).length]),
    );
  }

  #cut(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
    for (const [name, first] of before) {
      const lives = this.cutOff.get(name) ?? new Set<number>();
      for (let life = Math.max(1, first); life <= (after.get(name) ?? first); life++)
        lives.add(life);
      this.cutOff.set(name, lives);
    }
  }

  #someName(): string {
    const { programs } = this.#party;
    return namespec(
      this.#random.pick(programs.filter((one) => one.habit.treatment === 'restarts')),
    );
  }

  #control(...words: readonly string[]): Promise<void> {
    const { ground } = this.#party.daemon;
    this.#party.tally.count(`tsvctl ${words[0]}`);
    return new Promise((resolve) => {
      execFile(
        tsvctl,
        ['-c', ground.config, ...words],
        { timeout: 60_000 },
        (error, stdout, stderr) => {
          const { killed = false } = error ?? {};
          if (killed || /internal error|TypeError|at .*\.cjs/.test(stdout + stderr))
            this.#party.tally.surprise(`tsvctl ${words.join(' ')}: ${stdout}${stderr}`);
          resolve();
        },
      );
    });
  }
}
