// CVE-2017-11610: supervisord once looked method names up attribute by attribute, and so everything
// that its objects lead to could be called, os.system included.
import { existsSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { Sandbox } from '../support/sandbox.ts';
import { startAttacked } from './daemon.ts';
import type { Attacked } from './daemon.ts';
import { answersIn, basic, exchange, faultIn, methodCall, post } from './wire.ts';
import type { Answer } from './wire.ts';

const sandbox = new Sandbox();
let attacked: Attacked;
beforeAll(async () => {
  attacked = await startAttacked(sandbox, '[program:cat]\ncommand=/bin/cat');
});
afterAll(() => sandbox.close());

const UNKNOWN_METHOD = 1;
const SIGNATURE_UNSUPPORTED = 4;

const walks = [
  'supervisor.supervisord.options.warnings.linecache.os.system',
  'supervisor.supervisord.options.execve',
  'supervisor.supervisord.options.mainlogtail',
  'supervisor.supervisor.daemon.stop',
  'supervisor.context.daemon.stop',
  'supervisor.getPID.constructor',
  'supervisor.getPID.call',
  'supervisor._update',
  'supervisor.__init__',
  'supervisor._x',
  'supervisor.__proto__',
  'supervisor.__proto__.constructor',
  'supervisor.constructor',
  'supervisor.constructor.constructor',
  'supervisor.toString',
  'supervisor.hasOwnProperty',
  'supervisor.valueOf',
  'supervisor.get',
  'supervisor.size',
  'supervisor.supervisor',
  'supervisor.supervisord',
  'supervisor.',
  'supervisor',
  '.',
  '..',
  '.getPID',
  'supervisor..getPID',
  'supervisor.getPID.',
  'system.getPID',
  'system._listMethods',
  'system.namespaces',
  'system.__class__',
  'a.b.c.d',
  '_x',
  '__proto__',
  'constructor',
  'constructor.constructor',
  'prototype.constructor',
  'process.exit',
  'process.mainModule.require',
  'global.process.exit',
  'require',
  'eval',
  'import',
  'SUPERVISOR.GETPID',
];

const doors = ['unix', 'tcp', 'guarded'] as const;
type Door = (typeof doors)[number];

async function call(door: Door, document: string): Promise<Answer> {
  const header = door === 'guarded' ? [basic('user:secret')] : [];
  const [answer, ...more] = answersIn(await exchange(attacked[door], [post(document, header)]));
  expect(more).toEqual([]);
  return answer as Answer;
}

const mark = (): string => sandbox.path('exploited');
/** What the exploit would run. */
const command = (): string => `<string>touch ${mark()}</string>`;

describe.each(doors)('on %s', (door) => {
  test.each(walks)('%s is no method', async (name) => {
    for (const params of [[], [command()], [command(), command()]]) {
      expect(faultIn(await call(door, methodCall(name, ...params)))).toBe(UNKNOWN_METHOD);
    }
    expect(existsSync(mark())).toBe(false);
  });

  test('none of them is a method in system.multicall', async () => {
    const structs = walks.map(
      (name) =>
        `<value><struct><member><name>methodName</name><value>${name}</value></member>` +
        `<member><name>params</name><value><array><data><value>${command()}</value></data></array></value></member></struct></value>`,
    );
    const list = `<array><data>${structs.join('')}</data></array>`;
    const { body } = await call(door, methodCall('system.multicall', list));
    expect(body.match(/<name>faultCode<\/name>\n<value><int>1<\/int>/g)).toHaveLength(walks.length);
    expect(existsSync(mark())).toBe(false);
  });

  test.each(['system.methodHelp', 'system.methodSignature'])(
    '%s knows nothing of them',
    async (method) => {
      for (const name of walks) {
        const answer = await call(door, methodCall(method, name));
        expect([name, faultIn(answer)]).toEqual([name, SIGNATURE_UNSUPPORTED]);
      }
    },
  );
});

test('without the password not even that is told', async () => {
  const heard = await exchange(attacked.guarded, [post(methodCall(walks[0] as string, command()))]);
  expect(answersIn(heard).map(({ status }) => status)).toEqual([401]);
});
