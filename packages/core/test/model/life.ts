import { RejectEvent } from '../../src/events/result-handlers.ts';
import type { ResultHandler } from '../../src/events/result-handlers.ts';
import { byPriority } from '../../src/group/sequence.ts';
import type { SupervisorState } from '../../src/process/states.ts';
import { Supervisor } from '../../src/supervisor.ts';
import { problem } from './checks.ts';
import { EventEntries } from './ledger/event-entries.ts';
import { KernelEntries } from './ledger/kernel-entries.ts';
import { Ledger } from './ledger/ledger.ts';
import { ModelClock } from './model-clock.ts';
import { ModelKernel } from './model-kernel.ts';
import { Performer } from './perform/performer.ts';
import { configOf, RESULT_HANDLER } from './programs.ts';
import { Promised } from './promised.ts';
import type { Setting, Step } from './step.ts';
import type { World } from './world.ts';

const silent = { passes: () => false, log: () => undefined };
const SIGKILL = 9;

/** What did not hold. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** A supervisor from its first moment to its end, on a kernel and a clock that do what steps say. */
export class Life implements World {
  readonly setting: Setting;
  readonly supervisor: Supervisor;
  readonly clock = new ModelClock();
  readonly kernel = new ModelKernel(this.clock);
  readonly ledger: Ledger;
  readonly promised = new Promised();
  #isEnded = false;
  #endedAs: SupervisorState | undefined;
  #steps = 0;
  readonly #performer: Performer;

  constructor(setting: Setting) {
    this.setting = setting;
    const judge: ResultHandler = (_event, result) => {
      const text = result.toString();
      if (text === 'BREAK') throw new Error('as the test asked for');
      if (text !== 'OK') throw new RejectEvent(text);
      for (const pool of this.ledger.pools.values()) pool.processed();
    };
    this.supervisor = new Supervisor({
      config: configOf(setting.variant, setting),
      clock: this.clock,
      kernel: this.kernel,
      logger: silent,
      reap: setting.reap,
      resultHandlers: { [RESULT_HANDLER]: judge },
    });
    this.kernel.isInit = setting.isInit;
    this.ledger = new Ledger(this.supervisor, this.clock, setting);
    new EventEntries(this.ledger).begin();
    this.kernel.witness = new KernelEntries(this.ledger);
    this.#performer = new Performer(this);
    this.supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () => {
      this.promised.add('the shutdown', this.#ended());
    });
    this.#begin();
  }

  /** Everything has been stopped. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** @throws {Broken} if something does not hold afterwards */
  async take(step: Step): Promise<void> {
    this.#performer.perform(step);
    await this.#settled();
  }

  /** Stops everything, and looks at what is left. */
  async finish(): Promise<void> {
    void this.supervisor.shutdown('SHUTDOWN');
    for (let turns = 0; !this.#isEnded; turns++) {
      if (turns > 200) throw new Broken('the shutdown does not end');
      await this.take({ do: 'advance', ms: 1000 });
      await this.take({ do: 'obey', signals: turns % 2 === 0 ? 'SIGKILL' : 'all' });
    }
    this.#expectNobody();
    const { isInit, reap } = this.setting;
    const isSwept = isInit && reap === 'any' && this.#endedAs === 'SHUTDOWN';
    this.#expect(!isSwept || this.kernel.left.length === 0, 'what was left behind is not swept');
    await this.#settled();
    this.supervisor.close();
    this.clock.advance(0);
    const { pending } = this.clock;
    const { totals } = this.supervisor;
    const { spawns, collectedCount } = this.ledger;
    this.#expect(pending === 0, `${pending} timers are left`);
    this.#expect(
      this.kernel.openFds.size === 0,
      `${this.kernel.openFds.size} descriptors are left`,
    );
    this.#expect(totals.spawns === spawns, `${totals.spawns} spawns are counted, of ${spawns}`);
    this.#expect(totals.reaped === collectedCount, `${totals.reaped} ends are counted`);
    const unanswered = this.promised.left();
    if (unanswered !== undefined) throw new Broken(unanswered);
  }

  #begin(): void {
    const { supervisor, ledger } = this;
    supervisor.addGroups();
    ledger.starts = [];
    supervisor.run();
    const wanted = byPriority(supervisor.groups).flatMap(({ name, processes }) =>
      processes.filter((one) => one.config.autostart).map((one) => `${name}:${one.name}`),
    );
    this.#expect(
      ledger.starts.join() === wanted.join(),
      `started in order ${ledger.starts.join()}`,
    );
  }

  async #ended(): Promise<void> {
    await this.supervisor.shutdown(this.supervisor.state as 'SHUTDOWN' | 'RESTARTING');
    this.#isEnded = true;
    this.#endedAs = this.supervisor.state;
  }

  /** After a shutdown only those are left that could not be signalled. */
  #expectNobody(): void {
    for (const { account, pid } of this.ledger.living.values()) {
      this.#expect(account.state === 'UNKNOWN', `${account.key} is left as ${account.state}`);
      this.kernel.end(pid, SIGKILL);
    }
    this.supervisor.reap();
  }

  #expect(isSo: boolean, otherwise: string): void {
    if (!isSo) throw new Broken(otherwise);
  }

  /** Lets everything that waits for its turn have it. */
  async #settled(): Promise<void> {
    await turn();
    await turn();
    const found = problem(this, this.#steps++);
    if (found !== undefined) throw new Broken(found);
    this.ledger.refusals = 0;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
