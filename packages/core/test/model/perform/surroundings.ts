import type { SomeDeeds } from './hands.ts';

const STILLBORN = 'supervisor: child process was not spawned\n';

/** What the kernel and the clocks do, and strangers. */
export const surroundings = {
  stranger(hands, { reused, status }) {
    const { setting, kernel, ledger, supervisor } = hands.world;
    if (!reused) {
      kernel.end(7, status);
      return;
    }
    if (setting.reap !== 'any' || ledger.lastReaped === 0) return;
    if (ledger.living.has(ledger.lastReaped)) return;
    kernel.end(ledger.lastReaped, status);
    supervisor.reap();
  },
  'leave behind'(hands, step) {
    const { kernel } = hands.world;
    if (kernel.left.some(({ pid }) => pid === step.pid)) return;
    kernel.left = [...kernel.left, { pid: step.pid, name: 'left' }];
  },
  'reuse pid'(hands) {
    const { kernel, ledger } = hands.world;
    if (ledger.lastReaped === 0 || ledger.living.has(ledger.lastReaped)) return;
    kernel.pids.splice(0, 1, ledger.lastReaped);
  },
  'slow spawn': (hands, { ms }) => void (hands.world.kernel.spawnMs = ms),
  'fail spawn': (hands, { code }) => void hands.world.kernel.spawnErrors.push(code),
  'fail pipe': (hands, { code }) => void hands.world.kernel.pipeErrors.push(code),
  'fail socket': (hands, { code }) => void hands.world.kernel.listenErrors.push(code),
  stillborn: (hands) => void hands.world.kernel.stillborn.push(STILLBORN),
  'fail kill'(hands, { process, code }) {
    const child = hands.child(process);
    if (child !== undefined) hands.world.kernel.killErrors.set(child.pid, code);
  },
  advance(hands, { ms }) {
    const { clock, ledger, supervisor } = hands.world;
    clock.advance(ms);
    if (ms > 0 && !clock.isLate && ledger.isEndDue && supervisor.state === 'RUNNING') {
      ledger.fail('on_exit= or on_fatal= has not ended anything');
    }
  },
  lag: (hands, { ms }) => hands.world.clock.lag(ms),
  'set clock': ({ world: { clock } }, { byMs }) => clock.setNow(clock.now() + byMs),
} satisfies SomeDeeds;
