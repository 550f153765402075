import type { Group } from '../../../src/group/group.ts';
import type { Process } from '../../../src/process/process.ts';
import type { Supervisor } from '../../../src/supervisor.ts';
import type { FakeClock } from '../../../src/testing/index.ts';
import type { Setting } from '../step.ts';

/** In which order everything is stopped at a shutdown. */
export class EndOrder {
  /** It begins while something is being told: the stop of what that is about waits. */
  isInside = false;
  readonly #supervisor: Supervisor;
  readonly #clock: FakeClock;
  readonly #setting: Setting;
  #begunMs: number | undefined;
  #wasHurried = false;
  /** Those that were told to start just before. */
  #starting: ReadonlySet<Process> = new Set();

  constructor(supervisor: Supervisor, clock: FakeClock, setting: Setting) {
    this.#supervisor = supervisor;
    this.#clock = clock;
    this.#setting = setting;
    supervisor.events.subscribe('SUPERVISOR_STATE_CHANGE_STOPPING', () => this.#begun());
  }

  mayStillSpawn(process: Process): boolean {
    return this.#starting.has(process);
  }

  hurried(): void {
    if (this.#begunMs === undefined) return;
    if (this.#clock.monotonic() - this.#begunMs >= 1000) this.#wasHurried = true;
  }

  /** Nobody waits for anybody any more. */
  isHurried(): boolean {
    if (this.#wasHurried) return true;
    const { timeoutSeconds } = this.#setting;
    if (this.#begunMs === undefined || timeoutSeconds === 0) return false;
    return this.#clock.monotonic() - this.#begunMs >= timeoutSeconds * 1000;
  }

  /** What is wrong with its stop now, which nobody has asked for. */
  stopping(process: Process): string | undefined {
    if (this.#begunMs === undefined) {
      const pool = this.#supervisor.groups.find((group) => group.processes.includes(process))?.pool;
      const isEar = pool !== undefined;
      return isEar ? undefined : `nobody wanted ${process.name} to stop`;
    }
    if (this.isHurried()) return undefined;
    const own = this.#supervisor.group(process.group);
    if (own === undefined) return `${process.name} is stopped although it has been removed`;
    const early = this.#before(own).find((group) => !group.isStopped);
    if (early !== undefined) return `${own.name} is stopped before ${early.name} has ended`;
    if (this.isInside) return undefined;
    const late = own.processes.find(
      (other) => other.priority > process.priority && ['STARTING', 'RUNNING'].includes(other.state),
    );
    return late && `${process.name} is stopped before ${late.name} of the same group`;
  }

  /** The groups that must have ended first. */
  #before(own: Group): readonly Group[] {
    const { groups } = this.#supervisor;
    const at = groups.indexOf(own);
    return groups.filter(
      (other, index) =>
        other.priority > own.priority ||
        (this.#setting.order === 'serial' && other.priority === own.priority && index > at),
    );
  }

  #begun(): void {
    this.#begunMs = this.#clock.monotonic();
    this.#starting = new Set(
      this.#supervisor.groups.flatMap(({ processes }) =>
        processes.filter(({ state, pid }) => state === 'STARTING' && pid === 0),
      ),
    );
  }
}
