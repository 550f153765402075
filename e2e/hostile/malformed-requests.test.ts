import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { Random } from '../../fuzz/random.ts';
import { Sandbox, waitFor } from '../support/sandbox.ts';
import { calls } from './calls.ts';
import { descriptorsOf, memoryOf, startAttacked } from './daemon.ts';
import type { Attacked } from './daemon.ts';
import { documents } from './documents.ts';
import { heads } from './heads.ts';
import type { Attempt, Kind } from './kind.ts';
import { leavings } from './leavings.ts';
import { answersIn, exchange, faultIn, methodCall, post, shown } from './wire.ts';
import type { Answer, Where } from './wire.ts';

const ATTEMPTS = 10_000;
const AT_A_TIME = 24;
/** Each attempt has a seed of its own, this and its number, so that one can be run alone. */
const SEED = Number(process.env['TSVISOR_SEED'] ?? 1);

const kinds = [...documents, ...calls, ...heads, ...leavings];

const sandbox = new Sandbox();
let attacked: Attacked;
beforeAll(async () => {
  attacked = await startAttacked(
    sandbox,
    '[program:cat]\ncommand=/bin/cat\nstartsecs=0\n[program:steady]\ncommand=/bin/cat\nstartsecs=0',
    'logfile_maxbytes=1MB\nlogfile_backups=1',
  );
});
afterAll(() => sandbox.close());

/** Each status, or the fault that came with it. */
const named = (answer: Answer): string => {
  const fault = faultIn(answer);
  return fault === undefined ? String(answer.status) : `fault ${fault}`;
};

/** Undefined: it went as it must. */
async function complaint(kind: Kind, attempt: Attempt, where: Where): Promise<string | undefined> {
  const { pieces, leaving, expected } = attempt;
  const heard = await exchange(where, pieces, leaving);
  if (leaving !== undefined) return undefined;
  const answers = answersIn(heard).map(named).join(' ');
  if (expected === undefined) {
    return /^(?:(?:200|3\d\d|4\d\d|fault \d+) ?)*$/.test(answers) ? undefined : answers;
  }
  const isFine = typeof expected === 'string' ? answers === expected : expected.test(answers);
  return isFine ? undefined : `${answers || 'nothing'} instead of ${expected}`;
}

async function make(number: number): Promise<string | undefined> {
  const kind = kinds[number % kinds.length] as Kind;
  const random = new Random(SEED + number);
  const { unix, tcp, guarded } = attacked;
  const where = kind.guarded ? guarded : random.pick([unix, tcp]);
  const attempt = kind.attempt(random);
  const found = await complaint(kind, attempt, where).catch((error: Error) => error.message);
  if (found === undefined) return undefined;
  const said = shown(Buffer.concat(attempt.pieces).toString('latin1'));
  return `${number} (${kind.name}): ${found}, to ${said}`;
}

/** Makes the attempts from one number to another, some at the same time. */
async function attack(from: number, to: number): Promise<string[]> {
  const complaints: string[] = [];
  let next = from;
  const client = async (): Promise<void> => {
    while (next < to) {
      const found = await make(next++);
      if (found !== undefined) complaints.push(found);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, client));
  return complaints;
}

/** How many descriptors it holds when its programs run. */
async function descriptorsAtRest(): Promise<number> {
  for (const call of [
    methodCall('supervisor.addProcessGroup', 'cat'),
    methodCall('supervisor.startAllProcesses'),
  ]) {
    await exchange(attacked.unix, [post(call)]);
  }
  return descriptorsOf(attacked.pid);
}

test('gives 10,000 malformed requests the right answer, and loses nothing to them', async () => {
  const { pid, daemon, unix, tcp } = attacked;
  const descriptors = await descriptorsAtRest();
  // What is loaded late, and buffers that are kept, come with the first of them.
  const early = await attack(0, 2000);
  const memory = memoryOf(pid);
  const late = await attack(2000, ATTEMPTS);
  expect([...early, ...late].slice(0, 10)).toEqual([]);

  await waitFor(
    'its descriptors to be as before',
    async () => (await descriptorsAtRest()) === descriptors,
  );
  expect(memoryOf(pid) - memory).toBeLessThan(80);
  expect(daemon.process.exitCode).toBeNull();
  for (const where of [unix, tcp]) {
    const answer = await exchange(where, [post(methodCall('supervisor.getPID'))]);
    expect(answer).toContain(`<int>${pid}</int>`);
  }
  expect(daemon.stderr()).toBe('');
}, 120_000);
