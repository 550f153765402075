import { expect, test } from '@jest/globals';

import { commands } from '../../src/commands/table.ts';
import type { Plugin } from '../../src/plugins.ts';
import { run } from '../fake.ts';

const plugin: Plugin = {
  name: 'cache',
  commands: [{ name: 'flush', help: ['flush\tEmpties it'], run: () => Promise.resolve() }],
};

test('help lists the actions in columns', async () => {
  expect((await run('help')).out).toBe(
    '\n' +
      'default commands (type help <topic>):\n' +
      '=====================================\n' +
      'add    exit      open  reload  restart   start   tail   \n' +
      'avail  fg        pid   remove  shutdown  status  update \n' +
      'clear  maintail  quit  reread  signal    stop    version\n' +
      '\n',
  );
});

test('each plug-in lists its own, and says for itself what it does not know', async () => {
  const plugins = [plugin];
  expect((await run('help', { plugins })).out).toMatch(
    /version\n\n\ncache commands \(type help <topic>\):\n={35}\nflush\n\n$/,
  );
  expect((await run('help flush', { plugins })).out).toBe(
    '*** No help on flush\nflush\tEmpties it\n',
  );
  expect((await run('help nosuch', { plugins })).out).toBe(
    '*** No help on nosuch\n*** No help on nosuch\n',
  );
});

test.each(['start extra', 'EOF', 'nosuch'])('there is no help on %s', async (topic) => {
  expect(await run(`help ${topic}`)).toMatchObject({
    out: `*** No help on ${topic}\n`,
    status: 0,
    calls: [],
  });
});

test.each(commands.map((command) => command.name))('help %s begins with its name', async (name) => {
  const { out, status, calls } = await run(`help ${name}`);
  expect(out.startsWith(name)).toBe(true);
  expect(status).toBe(0);
  expect(calls).toEqual([]);
});

test('help help is about help', async () => {
  expect((await run('? help')).out).toBe(
    'help\t\tPrint a list of available actions\nhelp <action>\tPrint help for <action>\n',
  );
});
