import { expect, test } from '@jest/globals';

import { fault, run } from '../fake.ts';

const refused = fault(100, 'FORBIDDEN: this account may only look');
const replies = {
  startProcess: refused,
  stopProcess: refused,
  stopProcessGroup: refused,
  stopAllProcesses: refused,
  signalProcess: refused,
  clearProcessLogs: refused,
  reloadConfig: refused,
  addProcessGroup: refused,
  removeProcessGroup: refused,
  shutdown: refused,
  restart: refused,
};

test.each([
  ['stop web', 'web: ERROR (forbidden: this account may only look)'],
  ['stop web:*', 'web: ERROR (forbidden: this account may only look)'],
  ['start web other', 'web: ERROR (forbidden: this account may only look)'],
  ['restart g:web', 'g:web: ERROR (forbidden: this account may only look)'],
  ['signal HUP web', 'web: ERROR (forbidden: this account may only look)'],
  ['clear web', 'web: ERROR (forbidden: this account may only look)'],
  ['stop all', 'ERROR: forbidden: this account may only look'],
  ['restart all', 'ERROR: forbidden: this account may only look'],
  ['reread', 'ERROR: forbidden: this account may only look'],
  ['update', 'ERROR: forbidden: this account may only look'],
  ['add web', 'ERROR: forbidden: this account may only look'],
  ['remove web', 'ERROR: forbidden: this account may only look'],
  ['shutdown', 'ERROR: forbidden: this account may only look'],
  ['reload', 'ERROR: forbidden: this account may only look'],
])('%s with an account that may only look says so in one line', async (line, said) => {
  const { out, status } = await run(line, { replies });
  expect(out).toBe(`${said}\n`);
  expect(status).toBe(1);
});
