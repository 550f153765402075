import type { Random } from '../../fuzz/random.ts';
// Clients that speak well, and then do not stay as long as they should.
import type { Attempt, Kind } from './kind.ts';
import { methodCall, post, withHead } from './wire.ts';

const calls = [
  post(methodCall('supervisor.getAllProcessInfo')),
  post(methodCall('supervisor.restartNothing')),
  post(methodCall('supervisor.stopProcess', 'cat')),
  post(methodCall('supervisor.startProcess', 'cat')),
  withHead(['GET /logtail/cat HTTP/1.1']),
  withHead(['GET /mainlogtail HTTP/1.0']),
  withHead(['GET / HTTP/1.1']),
];

function inPieces(bytes: Buffer, random: Random): Buffer[] {
  const cuts = [random.int(bytes.length), random.int(bytes.length)].toSorted((a, b) => a - b);
  const [first = 0, second = 0] = cuts;
  return [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
}

function leave(random: Random): Attempt {
  const bytes = random.pick(calls);
  const said = bytes.subarray(0, random.pick([0, random.int(bytes.length), bytes.length]));
  return {
    pieces: random.int(2) === 0 ? [said] : inPieces(said, random),
    leaving: random.pick(['vanish', 'reset'] as const),
  };
}

export const leavings: readonly Kind[] = [
  { name: 'a client vanishes', attempt: leave },
  {
    name: 'a client has no more to say',
    attempt: () => ({ pieces: [post(methodCall('supervisor.getPID'))], expected: '200' }),
  },
  {
    name: 'a request comes in pieces',
    attempt: (random) => ({
      pieces: inPieces(post(methodCall('supervisor.getPID')), random),
      expected: '200',
    }),
  },
  {
    name: 'calls are not waited for',
    attempt(random) {
      const count = random.between(2, 30);
      const call = post(methodCall('supervisor.getPID'));
      return {
        pieces: [Buffer.concat(Array<Buffer>(count).fill(call))],
        expected: Array<string>(count).fill('200').join(' '),
      };
    },
  },
];
