// Programs that come and go: each job is one, with its output read line by line.
// node --import tsx jobs.ts one two three
import { Supervisor, SupervisorError } from '@tsvisor/core';
import type { ProcessStateEvent, ProgramOptions } from '@tsvisor/core';

const job = (name: string): ProgramOptions => ({
  command: ['sh', '-c', 'for n in 1 2 3; do echo "$NAME $n"; done; [ "$NAME" != two ]'],
  environment: { NAME: name },
  autostart: false,
  autorestart: false,
  startSeconds: 0,
});

/** Runs a job to its end. */
async function run(supervisor: Supervisor, name: string): Promise<void> {
  const process = supervisor.addProgram(name, job(name));
  // Read from its first byte, since it is not started yet.
  const lines = process.lines({ untilStopped: true });
  await process.start();
  for await (const line of lines) console.log(line);
  console.log(`${name}: exit status ${process.info().exitstatus}`);
  await supervisor.removeProgram(name);
}

await using supervisor = await Supervisor.create({ signal: AbortSignal.timeout(60_000) });

const failed: string[] = [];
supervisor.on('PROCESS_STATE_EXITED', ({ process, expected }) => {
  if (!expected) failed.push(process.name);
});
const states: string[] = [];
supervisor.on('PROCESS_STATE', ({ type }: ProcessStateEvent) => {
  states.push(type.slice('PROCESS_STATE_'.length));
});

for (const name of process.argv.slice(2)) await run(supervisor, name);

try {
  supervisor.process('none');
} catch (error) {
  if (error instanceof SupervisorError) console.log(`${error.code}: ${error.detail}`);
}
console.log(`failed: ${failed.join(', ')}`);
console.log(states.join(' '));
