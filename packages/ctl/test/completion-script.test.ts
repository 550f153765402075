import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { commands } from '../src/commands/table.ts';
import { completionScript } from '../src/completion-script.ts';
import { processInfo, run } from './fake.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ctl-'));
  // Stands in for tsvctl: says with which words it was asked for names.
  const program = join(folder, 'tsvctl');
  writeFileSync(
    program,
    '#!/bin/sh\nif [ "$1" = -c ]; then echo from-$2; fi\necho cat; echo web:one; echo "web:*"\n',
  );
  chmodSync(program, 0o755);
  writeFileSync(join(folder, 'script'), completionScript('bash', commands));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What bash offers after a line. */
function offered(line: string): string {
  const script = `
    source ./script
    COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
    COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=("$PWD/tsvctl") COMPREPLY=()
    _tsvctl
    echo "\${COMPREPLY[*]}"`;
  return execFileSync('bash', ['-c', script, 'bash', line], {
    cwd: folder,
    encoding: 'utf8',
  }).trimEnd();
}

test.each([
  ['tsvctl st', 'start status stop'],
  ['tsvctl help rel', 'reload'],
  ['tsvctl --serv', '--serverurl'],
  ['tsvctl start ', 'cat web:one web:*'],
  ['tsvctl start web:', 'one *'],
  ['tsvctl -c my.conf stop fr', 'from-my.conf'],
  ['tsvctl status --', '--json --watch'],
  ['tsvctl completion ', 'bash zsh fish'],
  ['tsvctl version ', ''],
])('bash offers after %j', (line, words) => {
  expect(offered(line)).toBe(words);
});

test.each(['zsh', 'fish'] as const)('the script of %s knows every action', (shell) => {
  const script = completionScript(shell, commands);
  const names = commands.filter((command) => !command.isHidden).map((command) => command.name);
  expect(names.filter((name) => !script.includes(` ${name}`))).toEqual([]);
});

test('the scripts ask the daemon for names, and nothing is said if it is not there', async () => {
  const replies = {
    getAllProcessInfo: [processInfo('cat', 'RUNNING'), processInfo('web:one', 'RUNNING')],
  };
  expect((await run('completion processes', { replies })).out).toBe('cat\nweb:one\nweb:*\nall\n');
  expect((await run('completion groups', { replies })).out).toBe('cat\nweb\n');
  expect(await run('completion processes')).toMatchObject({ out: '', err: '', status: 1 });
});

test.each(['', 'csh'])('completion of %j is refused', async (shell) => {
  const { out, status } = await run(`completion ${shell}`);
  expect(out).toMatch(/^Error: completion requires one of bash, zsh, fish\ncompletion bash\t/);
  expect(status).toBe(1);
});
