import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, 'fixtures');

/** The lines of fixtures/values/NAME.jsonl: `["input", expected]`. */
export function valueCases<E>(name: string): [string, E][] {
  return readFileSync(join(fixtures, 'values', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as [string, E]);
}

/** What a function made of an input: its value, or the message it threw. */
export function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** One case of fixtures/configs/*.txt. */
export interface ConfigCase {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** By path into the description: what stands there. */
  readonly gives: readonly (readonly [string, unknown])[];
  readonly refuses: string | undefined;
}

/**
 * `=== TITLE` begins a case. `--- NAME` begins a file, `--- gives PATH` JSON that the description holds at PATH,
 * `--- refuses` the message of a refusal.
 */
export function configCases(): [string, ConfigCase[]][] {
  const folder = join(fixtures, 'configs');
  return readdirSync(folder)
    .toSorted()
    .map((name) => [
      name.replace('.txt', ''),
      parseCases(readFileSync(join(folder, name), 'utf8')),
    ]);
}

function parseCases(text: string): ConfigCase[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((one) => {
      const [title = '', ...parts] = one.split(/^--- /m);
      const blocks = parts.map((part): [string, string] => {
        const end = part.indexOf('\n');
        return [part.slice(0, end), part.slice(end + 1)];
      });
      const gives = blocks
        .filter(([name]) => name.startsWith('gives '))
        .map(([name, json]) => [name.slice('gives '.length), JSON.parse(json) as unknown] as const);
      const refuses = blocks.find(([name]) => name === 'refuses')?.[1].replace(/\n+$/, '');
      const files = blocks.filter(([name]) => !name.startsWith('gives ') && name !== 'refuses');
      return { title: title.trim(), files: Object.fromEntries(files), gives, refuses };
    });
}
