import type { Pipe, Reaped, SpawnRequest, Spawned } from '../../src/kernel.ts';
import { FakeKernel } from '../../src/testing/index.ts';
import type { FakeClock } from '../../src/testing/index.ts';

/** Told of all that the engine asks the kernel for. */
export interface KernelWitness {
  spawning(request: SpawnRequest): void;
  spawned(request: SpawnRequest, spawned: Spawned): void;
  /** No child came to be. */
  notSpawned(request: SpawnRequest): void;
  killing(target: number, signal: number): void;
  signalFailed(pid: number, code: string | undefined): void;
  /** A signal to what was left behind. */
  sweeping(signal: number): void;
  collected(dead: Reaped): void;
  /** A pipe or a socket could not be had. */
  refused(): void;
  closedTwice(fd: number): void;
}

export class ModelKernel extends FakeKernel {
  witness: KernelWitness | undefined;
  /** How long a spawn takes. */
  spawnMs = 0;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
  }

  override spawn(request: SpawnRequest): Spawned {
    this.witness?.spawning(request);
    this.#clock.lag(this.spawnMs);
    let spawned: Spawned;
    try {
      spawned = super.spawn(request);
    } catch (error) {
      this.witness?.notSpawned(request);
      throw error;
    }
    this.witness?.spawned(request, spawned);
    return spawned;
  }

  override kill(target: number, signal: number): void {
    if (this.left.some(({ pid }) => pid === target)) {
      this.witness?.sweeping(signal);
      if (signal === 9) this.left = this.left.filter(({ pid }) => pid !== target);
      return;
    }
    this.witness?.killing(target, signal);
    const pid = Math.abs(target);
    try {
      super.kill(target, signal);
    } catch (error) {
      this.witness?.signalFailed(pid, (error as NodeJS.ErrnoException).code);
      throw error;
    } finally {
      this.killErrors.delete(pid);
    }
  }

  override waitAny(): Reaped | undefined {
    return this.#tell(super.waitAny());
  }

  override waitFor(pid: number): Reaped | undefined {
    return this.#tell(super.waitFor(pid));
  }

  override closeFd(fd: number): void {
    if (!this.openFds.has(fd)) this.witness?.closedTwice(fd);
    super.closeFd(fd);
  }

  override openPipe(): Pipe {
    if (this.pipeErrors.length > 0) this.witness?.refused();
    return super.openPipe();
  }

  override listen(): number {
    if (this.listenErrors.length > 0) this.witness?.refused();
    return super.listen();
  }

  #tell(dead: Reaped | undefined): Reaped | undefined {
    if (dead !== undefined) this.witness?.collected(dead);
    return dead;
  }
}
