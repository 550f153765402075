// What is to be tested: calls somebody when the web server has been given up.
import { Supervisor } from '@tsvisor/core';

/** @param {import('@tsvisor/core').HostOptions & { alarm: (text: string) => void }} options */
export async function superviseWeb({ alarm, ...host }) {
  const supervisor = await Supervisor.create({
    programs: { web: { command: ['/bin/sh', '-c', 'exec web-server'], startRetries: 2 } },
    ...host,
  });
  supervisor.on('PROCESS_STATE_FATAL', ({ process }) => {
    alarm(`${process.name} is down: ${supervisor.process(process.name).info().spawnerr}`);
  });
  return supervisor;
}
