import { SpawnError, SupervisorError } from '../../src/errors.ts';
import type { SupervisorEvent } from '../../src/events/types.ts';
import { byPriority } from '../../src/group/sequence.ts';
import type { Process } from '../../src/process/process.ts';
import type { Supervisor } from '../../src/supervisor.ts';
import type { Life as Child } from './account.ts';
import { STILLBORN } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import type { ModelClock } from './model-clock.ts';
import type { ModelKernel } from './model-kernel.ts';
import { configOf, groupNames, groupsOf, processOf } from './programs.ts';
import type { Promised } from './promised.ts';
import { Random } from './random.ts';
import { sayings } from './step.ts';
import type { Setting, Step } from './step.ts';

const SIGKILL = 9;
/** So deep may what is done while something is told lead to more of that. */
const DEEPEST = 3;

export interface World {
  readonly setting: Setting;
  readonly supervisor: Supervisor;
  readonly kernel: ModelKernel;
  readonly clock: ModelClock;
  readonly ledger: Ledger;
  readonly promised: Promised;
}

/** Does what steps say, and tells the ledger what somebody has asked for. */
export class Performer {
  readonly #world: World;
  /** What is to be done at the next event of a type. */
  readonly #reactions: Extract<Step, { do: 'when' }>[] = [];
  #depth = 0;
  /** Those that somebody has removed. */
  readonly #removed: Process[] = [];

  constructor(world: World) {
    this.#world = world;
    world.supervisor.events.subscribe('PROCESS_STATE', (event) => this.#react(event));
  }

  #react(event: SupervisorEvent): void {
    if (!('from' in event) || this.#depth >= DEEPEST) return;
    const at = this.#reactions.findIndex((one) => one.event === event.type);
    const [reaction] = at === -1 ? [] : this.#reactions.splice(at, 1);
    if (reaction === undefined) return;
    const { react } = reaction;
    const key = `${event.process.group}:${event.process.name}`;
    const { kernel, ledger } = this.#world;
    const { isSignalling } = ledger;
    const { spawnMs } = kernel;
    ledger.isSignalling = false;
    // What is told meanwhile is told later: a time that passes would be put down wrongly.
    kernel.spawnMs = 0;
    this.#depth += 1;
    this.perform('process' in react && react.process === '.' ? { ...react, process: key } : react);
    this.#depth -= 1;
    kernel.spawnMs = spawnMs;
    ledger.isSignalling = isSignalling;
  }

  /** A request may be refused; any other failure is one. */
  #refused(request: () => unknown): void {
    try {
      request();
    } catch (error) {
      if (error instanceof SupervisorError || error instanceof SpawnError) return;
      this.#world.ledger.fail(`thrown: ${(error as Error).stack}`);
    }
  }

  #process(key: string): Process | undefined {
    return this.#world.ledger.account(key) && this.#find(key);
  }

  #find(key: string): Process | undefined {
    const [group = '', name = ''] = key.split(':');
    return this.#world.supervisor.group(group)?.process(name);
  }

  #child(key: string): Child | undefined {
    const child = this.#world.ledger.accounts.get(key)?.child;
    return child?.isDead === false ? child : undefined;
  }

  #start(process: Process | undefined): boolean {
    if (process === undefined) return false;
    const account = this.#world.ledger.account(`${process.group}:${process.name}`);
    if (account === undefined) return false;
    account.isAskedToStart = true;
    let isDone = false;
    this.#refused(() => {
      process.beginStart();
      isDone = true;
    });
    if (this.#depth === 0) account.isAskedToStart = false;
    return isDone;
  }

  #steer(key: string, to: 'start' | 'stop' | 'restart'): void {
    const account = this.#world.ledger.account(key);
    const process = this.#find(key);
    if (account === undefined || process === undefined) return;
    account.steering += 1;
    const done = process[to]().finally(() => (account.steering -= 1));
    done.catch((error: unknown) => {
      if (!(error instanceof SupervisorError)) this.#world.ledger.fail(`thrown: ${String(error)}`);
    });
    this.#world.promised.add(`${to} of ${key}`, done);
  }

  #stop(process: Process | undefined): boolean {
    if (process === undefined) return false;
    const account = this.#world.ledger.account(`${process.group}:${process.name}`);
    if (account === undefined) return false;
    account.isAskedToStop = true;
    let isDone = false;
    this.#refused(() => {
      process.beginStop();
      isDone = true;
    });
    if (this.#depth === 0) account.isAskedToStop = false;
    return isDone;
  }

  perform(step: Step): void {
    const { setting, supervisor, kernel, clock, ledger, promised } = this.#world;
    switch (step.do) {
      case 'start':
        this.#start(this.#process(step.process));
        break;
      case 'start and wait': {
        const process = this.#process(step.process);
        if (process !== undefined && this.#start(process)) promised.started(process);
        break;
      }
      case 'stop':
        this.#stop(this.#process(step.process));
        break;
      case 'stop and wait': {
        const process = this.#process(step.process);
        if (process !== undefined && this.#stop(process)) void promised.stopped(process);
        break;
      }
      case 'restart': {
        const process = this.#process(step.process);
        if (process === undefined || !this.#stop(process)) break;
        void promised.stopped(process).then(() => {
          if (this.#start(process)) promised.started(process);
        });
        break;
      }
      case 'start removed':
        for (const process of this.#removed.splice(0)) {
          const isThere = this.#find(`${process.group}:${process.name}`) === process;
          if (!isThere) this.#refused(() => process.beginStart());
        }
        break;
      case 'steer':
        this.#steer(step.process, step.to);
        break;
      case 'start group':
      case 'stop group':
        this.#all(step.do === 'start group', [step.group]);
        break;
      case 'start all':
      case 'stop all':
        this.#all(step.do === 'start all', groupNames);
        break;
      case 'signal':
        ledger.isSignalling = true;
        this.#refused(() => this.#process(step.process)?.signal(step.signal));
        ledger.isSignalling = false;
        break;
      case 'stdin':
        this.#refused(() => this.#process(step.process)?.write('a line\n'));
        break;
      case 'clog stdin':
      case 'read stdin':
      case 'close stdin': {
        const child = this.#child(step.process);
        if (child === undefined || child.account.key.startsWith('fast:')) break;
        if (step.do === 'clog stdin') kernel.clogStdin(child.pid);
        else if (step.do === 'read stdin') kernel.readStdin(child.pid);
        else {
          child.isInputClosed = true;
          kernel.closeStdin(child.pid);
        }
        break;
      }
      case 'clear logs':
        this.#refused(() => this.#process(step.process)?.log('stdout').clear());
        break;
      case 'reopen logs':
        supervisor.reopenLogs();
        break;
      case 'exit': {
        const child = this.#child(step.process);
        if (child !== undefined) this.#die(child, step.status);
        if (step.reap) supervisor.reap();
        break;
      }
      case 'obey':
        for (const child of ledger.living.values()) {
          const isEnough = step.signals === 'all' || child.signalled === 'SIGKILL';
          if (child.isDead || child.signalled === 'no' || !isEnough) continue;
          const { stopSignal } = child.account.process.config;
          this.#die(child, child.signalled === 'SIGKILL' ? SIGKILL : stopSignal);
        }
        if (ledger.isSwept) kernel.left = [];
        supervisor.reap();
        break;
      case 'reap':
        supervisor.reap();
        break;
      case 'stranger':
        if (!step.reused) kernel.end(7, step.status);
        else if (
          setting.reap === 'any' &&
          ledger.lastReaped > 0 &&
          !ledger.living.has(ledger.lastReaped)
        ) {
          kernel.end(ledger.lastReaped, step.status);
          supervisor.reap();
        }
        break;
      case 'leave behind':
        if (kernel.left.every(({ pid }) => pid !== step.pid)) {
          kernel.left = [...kernel.left, { pid: step.pid, name: 'left' }];
        }
        break;
      case 'reuse pid':
        if (ledger.lastReaped > 0 && !ledger.living.has(ledger.lastReaped)) {
          kernel.pids.splice(0, 1, ledger.lastReaped);
        }
        break;
      case 'slow spawn':
        kernel.spawnMs = step.ms;
        break;
      case 'fail spawn':
        kernel.spawnErrors.push(step.code);
        break;
      case 'fail pipe':
        kernel.pipeErrors.push(step.code);
        break;
      case 'fail socket':
        kernel.listenErrors.push(step.code);
        break;
      case 'stillborn':
        kernel.stillborn.push(STILLBORN);
        break;
      case 'fail kill': {
        const child = this.#child(step.process);
        if (child !== undefined) kernel.killErrors.set(child.pid, step.code);
        break;
      }
      case 'output':
      case 'leave in pipe':
        this.#write(step.process, step.fd, 'x'.repeat(step.bytes), step.do === 'output');
        break;
      case 'end output': {
        const child = this.#child(step.process);
        if (child === undefined) break;
        const { account } = child;
        const channel = channelOf(child, step.fd);
        // What is in a pipe is read before its end is seen.
        account.written[channel] += account.inPipe[channel];
        account.inPipe[channel] = 0;
        account.isOutputEnded[channel] = true;
        kernel.endOutput(child.pid, step.fd);
        break;
      }
      case 'say':
      case 'leave saying':
        this.#write(step.process, 1, sayings[step.what], step.do === 'say');
        break;
      case 'advance':
        clock.advance(step.ms);
        if (step.ms > 0 && !clock.isLate && ledger.isEndDue && supervisor.state === 'RUNNING') {
          ledger.fail('on_exit= or on_fatal= has not ended anything');
        }
        break;
      case 'lag':
        clock.lag(step.ms);
        break;
      case 'set clock':
        clock.setNow(clock.now() + step.byMs);
        break;
      case 'reread':
        supervisor.reread(configOf(step.variant, setting));
        break;
      case 'update':
      case 'update group': {
        ledger.updates += 1;
        const only = step.do === 'update group' ? [step.group] : undefined;
        const updated = supervisor.update(configOf(step.variant, setting), only);
        const done = (): void => void (ledger.updates -= 1);
        void updated.finally(done).catch(() => undefined);
        promised.add('the update', updated);
        break;
      }
      case 'add group':
        this.#refused(() => supervisor.addGroup(step.group));
        break;
      case 'remove group':
        this.#removed.push(...(supervisor.group(step.group)?.processes ?? []));
        this.#refused(() => supervisor.removeGroup(step.group));
        break;
      case 'create group': {
        const group = groupsOf(step.variant).find(({ name }) => name === step.group);
        if (group !== undefined) this.#refused(() => supervisor.createGroup(group));
        break;
      }
      case 'add process': {
        const [group = '', name = ''] = step.process.split(':');
        const added = processOf(name, new Random(step.variant));
        this.#refused(() => supervisor.addProcesses(group, [added]));
        break;
      }
      case 'remove process': {
        const [group = '', name = ''] = step.process.split(':');
        this.#refused(() => supervisor.removeProcess(group, name));
        break;
      }
      case 'hurry':
        ledger.end.hurried();
        supervisor.hurry();
        break;
      case 'shutdown':
        ledger.end.isInside ||= this.#depth > 0;
        void supervisor.shutdown(step.mood);
        break;
      case 'when':
        if (this.#reactions.length < 3) this.#reactions.push(step);
        break;
    }
  }

  #all(isStart: boolean, names: readonly string[]): void {
    const groups = this.#world.supervisor.groups.filter(({ name }) => names.includes(name));
    for (const { processes } of byPriority(groups)) {
      for (const process of byPriority(processes)) {
        if (isStart) this.#start(process);
        else this.#stop(process);
      }
    }
  }

  #die(child: Child, status: number): void {
    child.isDead = true;
    this.#world.kernel.end(child.pid, status);
  }

  #write(key: string, fd: 1 | 2, text: string, isRead: boolean): void {
    const child = this.#child(key);
    if (child === undefined) return;
    const { account, pid } = child;
    const channel = channelOf(child, fd);
    if (account.isOutputEnded[channel]) return;
    if (isRead) {
      account.written[channel] += account.inPipe[channel] + text.length;
      account.inPipe[channel] = 0;
      this.#world.kernel.output(pid, fd, text);
    } else {
      account.inPipe[channel] += text.length;
      this.#world.kernel.leaveInPipe(pid, fd, text);
    }
  }
}

/** The pipe that it is written to. */
const channelOf = ({ account }: Child, fd: 1 | 2): 'stdout' | 'stderr' =>
  fd === 1 || account.process.config.redirectStderr ? 'stdout' : 'stderr';
