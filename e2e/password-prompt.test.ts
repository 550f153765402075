// A client at a terminal that the server asks for a name and a password.
import { afterEach, beforeEach, expect } from '@jest/globals';

import { python, withTerminal } from './support/needs.ts';
import { Sandbox, tsvctlProgram } from './support/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.close());

/** Types an answer at each prompt, one after the other, and shows all that came on the terminal. */
const typist = `
import os, pty, sys
answers = [(b'Username:', b'joe\\n'), (b'Password:', b'secret\\n'), (b'supervisor>', b'quit\\n')]
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b''
while True:
    try:
        piece = os.read(fd, 4096)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    if answers and answers[0][0] in seen:
        os.write(fd, answers.pop(0)[1])
sys.stdout.write(seen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

withTerminal('it is asked for both, shows the name alone, and goes on', async () => {
  sandbox.configure(
    [
      '[unix_http_server:two]',
      `file=${sandbox.path('two.sock')}`,
      'username=joe',
      'password=secret',
      '[program:web]\ncommand=/bin/cat\nstartsecs=0',
    ].join('\n'),
  );
  await sandbox.startDaemon();
  const server = `unix://${sandbox.path('two.sock')}`;
  const words = ['-c', typist, tsvctlProgram, '-s', server];
  const { status, stdout, stderr } = await sandbox.run(python, words).ended();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/Username:.*joe\s/);
  expect(stdout).toMatch(/Password:\s/);
  expect(stdout).not.toContain('secret');
  expect(stdout).toMatch(/web .*RUNNING.* pid \d+/);
});
