import { SpawnError, SupervisorError } from '../../../src/errors.ts';
import { byPriority } from '../../../src/group/sequence.ts';
import type { Process } from '../../../src/process/process.ts';
import type { Life as Child } from '../ledger/account.ts';
import type { Step, StepOf } from '../step.ts';
import type { World } from '../world.ts';

/** What does each step, by its name. */
export type Deeds = {
  readonly [N in Step['do']]: (hands: Hands, step: StepOf<N>) => void;
};
export type SomeDeeds = Partial<Deeds>;

/** Asks the supervisor for something, and tells the ledger that somebody has. */
export class Hands {
  readonly world: World;
  /** What is to be done at the next event of a type. */
  readonly reactions: StepOf<'when'>[] = [];
  /** Processes that somebody has removed, and still knows. */
  readonly removed: Process[] = [];
  /** How many events are being told, one because of what was done at the other. */
  depth = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** A request may be refused; any other failure is one. */
  refused(request: () => unknown): void {
    try {
      request();
    } catch (error) {
      if (error instanceof SupervisorError || error instanceof SpawnError) return;
      this.world.ledger.fail(`thrown: ${(error as Error).stack}`);
    }
  }

  find(key: string): Process | undefined {
    const [group = '', name = ''] = key.split(':');
    return this.world.supervisor.group(group)?.process(name);
  }

  /** One that the ledger knows. */
  process(key: string): Process | undefined {
    return this.world.ledger.account(key) && this.find(key);
  }

  child(key: string): Child | undefined {
    const child = this.world.ledger.accounts.get(key)?.child;
    return child?.isDead === false ? child : undefined;
  }

  start(process: Process | undefined): boolean {
    return this.#begin('isAskedToStart', process, (one) => one.beginStart());
  }

  stop(process: Process | undefined): boolean {
    return this.#begin('isAskedToStop', process, (one) => one.beginStop());
  }

  /** Starts or stops whole groups, in the order of their priorities. */
  all(to: 'start' | 'stop', names: readonly string[]): void {
    const groups = this.world.supervisor.groups.filter(({ name }) => names.includes(name));
    for (const { processes } of byPriority(groups)) {
      for (const process of byPriority(processes)) this[to](process);
    }
  }

  die(child: Child, status: number): void {
    child.isDead = true;
    this.world.kernel.end(child.pid, status);
  }

  /** @returns whether it was done */
  #begin(
    asked: 'isAskedToStart' | 'isAskedToStop',
    process: Process | undefined,
    begin: (process: Process) => void,
  ): boolean {
    if (process === undefined) return false;
    const account = this.world.ledger.account(`${process.group}:${process.name}`);
    if (account === undefined) return false;
    account[asked] = true;
    let isDone = false;
    this.refused(() => {
      begin(process);
      isDone = true;
    });
    if (this.depth === 0) account[asked] = false;
    return isDone;
  }
}
