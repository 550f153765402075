import { describe, expect, test } from '@jest/globals';

import { describeConfig, loadConfig } from '../src/index.ts';
import { accounts } from './accounts.ts';
import { configCases, outcome, type ConfigCase } from './cases.ts';
import { filledIn, inTempFolder } from './temp-folder.ts';

const environment = {
  HOME: '/home/me',
  WORD: 'a word',
  PERCENT: '50%',
  TEMPLATE: '%(here)s',
  QUOTE: 'a"b',
};

/** What the main file means, described; or `{ error }`. */
function readIn(folder: string): object {
  return outcome(() => {
    const config = loadConfig({
      path: `${folder}/supervisord.conf`,
      programName: '/usr/bin/tsvd',
      overrides: {},
      environment: { ...environment, TMPDIR: folder },
      accounts,
      cwd: folder,
      hostName: 'host',
    });
    return describeConfig(config, folder);
  }) as object;
}

/** `groups[0].name` */
function at(value: unknown, path: string): unknown {
  return (path.match(/[^.[\]]+/g) ?? []).reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown>)[key],
    value,
  );
}

/** Of a description, what a case tells; a refusal whole. */
function relevant(described: object, { gives }: ConfigCase): object {
  if ('error' in described) return described;
  return Object.fromEntries(gives.map(([path]) => [path, at(described, path)]));
}

function expected({ gives, refuses }: ConfigCase, folder: string): object {
  const answer = refuses === undefined ? Object.fromEntries(gives) : { error: refuses };
  return JSON.parse(filledIn(JSON.stringify(answer), folder)) as object;
}

describe.each(configCases())('%s', (_file, cases) => {
  test.each(cases.map((one) => [one.title, one] as const))('%s', (_title, one) => {
    inTempFolder(one.files, (folder) => {
      expect(relevant(readIn(folder), one)).toEqual(expected(one, folder));
    });
  });
});
