import type { Life as Child } from '../ledger/account.ts';
import { sayings } from '../step.ts';
import type { Hands, SomeDeeds } from './hands.ts';

const SIGKILL = 9;

/** What children do: they read, write and die. */
export const children = {
  'clog stdin': (hands, { process }) =>
    ifItHasStdin(hands, process, ({ pid }) => hands.world.kernel.clogStdin(pid)),
  'read stdin': (hands, { process }) =>
    ifItHasStdin(hands, process, ({ pid }) => hands.world.kernel.readStdin(pid)),
  'close stdin': (hands, { process }) =>
    ifItHasStdin(hands, process, (child) => {
      child.isInputClosed = true;
      hands.world.kernel.closeStdin(child.pid);
    }),
  output: (hands, { process, fd, bytes }) => write(hands, process, fd, 'x'.repeat(bytes)),
  'leave in pipe': (hands, { process, fd, bytes }) =>
    leaveInPipe(hands, process, fd, 'x'.repeat(bytes)),
  say: (hands, { process, what }) => write(hands, process, 1, sayings[what]),
  'leave saying': (hands, { process, what }) => leaveInPipe(hands, process, 1, sayings[what]),
  'end output'(hands, { process, fd }) {
    const child = hands.child(process);
    if (child === undefined) return;
    const { account } = child;
    const channel = channelOf(child, fd);
    // What is in a pipe is read before its end is seen.
    account.written[channel] += account.inPipe[channel];
    account.inPipe[channel] = 0;
    account.isOutputEnded[channel] = true;
    hands.world.kernel.endOutput(child.pid, fd);
  },
  exit(hands, { process, status, reap }) {
    const child = hands.child(process);
    if (child !== undefined) hands.die(child, status);
    if (reap) hands.world.supervisor.reap();
  },
  obey(hands, { signals }) {
    const { ledger, kernel, supervisor } = hands.world;
    for (const child of ledger.living.values()) {
      const isEnough = signals === 'all' || child.signalled === 'SIGKILL';
      if (child.isDead || child.signalled === 'no' || !isEnough) continue;
      const { stopSignal } = child.account.process.config;
      hands.die(child, child.signalled === 'SIGKILL' ? SIGKILL : stopSignal);
    }
    if (ledger.isSwept) kernel.left = [];
    supervisor.reap();
  },
  reap: (hands) => hands.world.supervisor.reap(),
} satisfies SomeDeeds;

/** That of a FastCGI program is its socket. */
function ifItHasStdin(hands: Hands, key: string, act: (child: Child) => void): void {
  const child = hands.child(key);
  if (child !== undefined && !child.account.key.startsWith('fast:')) act(child);
}

/** The pipe that it is written to. */
const channelOf = ({ account }: Child, fd: 1 | 2): 'stdout' | 'stderr' =>
  fd === 1 || account.process.config.redirectStderr ? 'stdout' : 'stderr';

/** What is read at once. */
function write(hands: Hands, key: string, fd: 1 | 2, text: string): void {
  const child = hands.child(key);
  if (child === undefined) return;
  const { account, pid } = child;
  const channel = channelOf(child, fd);
  if (account.isOutputEnded[channel]) return;
  account.written[channel] += account.inPipe[channel] + text.length;
  account.inPipe[channel] = 0;
  hands.world.kernel.output(pid, fd, text);
}

function leaveInPipe(hands: Hands, key: string, fd: 1 | 2, text: string): void {
  const child = hands.child(key);
  if (child === undefined) return;
  const { account, pid } = child;
  const channel = channelOf(child, fd);
  if (account.isOutputEnded[channel]) return;
  account.inPipe[channel] += text.length;
  hands.world.kernel.leaveInPipe(pid, fd, text);
}
