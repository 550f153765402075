// tsvctl: the only place that knows the real environment, terminal and signals.
import { isatty } from 'node:tty';

import { openInput } from './input/open-input.ts';
import { interruptibleBy } from './interrupts.ts';
import { runProgram } from './program.ts';
import { standardOutput } from './standard-output.ts';

const environment = { ...process.env };
// Left by the launcher script: how the program was called, and a limit that it changed.
const program = environment['TSVISOR_ARGV0'] ?? process.argv[1] ?? 'tsvctl';
for (const name of ['TSVISOR_ARGV0', 'TSVISOR_NOFILE']) {
  delete environment[name];
  delete process.env[name];
}

void runProgram(process.argv.slice(2), {
  program,
  environment,
  output: standardOutput(environment),
  openInput,
  interruptible: interruptibleBy(process),
  explains: isatty(2) || environment['TSVCTL_EXPLAIN'] === '1',
}).then((status) => {
  // All output has been written by now, and what still waits (a half-read line) is not needed.
  process.exit(status);
});
