import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** The Python that supervisord runs by, which has its modules; undefined if there is none. */
export function supervisorsPython(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const python = interpreterOf(join(folder, 'supervisord'));
    if (python !== undefined && hasSupervisor(python)) return python;
  }
  return undefined;
}

export const missingSupervisor = (): string | undefined =>
  supervisorsPython() === undefined ? 'supervisord is not installed' : undefined;

function interpreterOf(program: string): string | undefined {
  try {
    const [, interpreter] = /^#!\s*(\S*python\S*)/.exec(readFileSync(program, 'latin1')) ?? [];
    return interpreter;
  } catch {
    // It is not in this folder.
    return undefined;
  }
}

function hasSupervisor(python: string): boolean {
  return spawnSync(python, ['-c', 'import supervisor.options']).status === 0;
}

/** Answers one line of JSON with another, for as long as it lives. */
export interface Oracle {
  ask(question: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** A Python program that reads questions from stdin and prints answers. */
export function startOracle(program: string, args: readonly string[] = []): Oracle {
  const python = supervisorsPython();
  if (python === undefined) throw new Error('there is no Python with supervisor');
  const child = spawn(python, ['-c', program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the oracle has ended');
      return JSON.parse(value) as unknown;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}
