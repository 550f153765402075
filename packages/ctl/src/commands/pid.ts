import { RemoteFault } from '../errors.ts';
import { exitStatus, faultCode } from '../exit-status.ts';
import { takeFlag } from '../flags.ts';
import { nameOf, words } from '../names.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { matchProcesses } from '../wildcards.ts';
import type { Command } from './command.ts';
import { daemonPidDocument, pidDocument, type NamedPid } from './json-documents.ts';

export const pid: Command = {
  name: 'pid',
  help: [
    'pid\t\t\tGet the PID of supervisord.',
    'pid <name>\t\tGet the PID of a single child process by name.',
    'pid all\t\t\tGet the PID of every child process, one per line.',
  ],
  completes: 'processes',
  additions: [{ syntax: '--json', text: 'Print a JSON document.' }],
  async run(session, argument) {
    const json = takeFlag(words(argument), '--json');
    session.setComplaintsAside(json.isSet);
    if (!(await isUp(session))) return;
    if (json.words.length === 0) {
      const own = await session.call('getPID');
      if (json.isSet) session.printJson(daemonPidDocument(own));
      else session.print(String(own));
      return;
    }
    const names = await matchProcesses(session, json.words);
    if (json.isSet) await printDocument(session, names);
    else await printLines(session, names);
  },
};

async function printLines(session: Session, names: readonly string[]): Promise<void> {
  if (names.includes('all')) {
    for (const info of await session.call('getAllProcessInfo')) session.print(String(info.pid));
    return;
  }
  for (const name of names) {
    const found = await lookUp(session, name);
    if (found === undefined) session.fail(`No such process ${name}`);
    else {
      session.print(String(found));
      if (found === 0) session.exitStatus = exitStatus.notRunning;
    }
  }
}

async function printDocument(session: Session, names: readonly string[]): Promise<void> {
  if (names.includes('all')) {
    const infos = await session.call('getAllProcessInfo');
    const pids = infos.map((info) => ({ name: nameOf(info), pid: info.pid }));
    session.printJson(pidDocument(pids, []));
    return;
  }
  const pids: NamedPid[] = [];
  const errors = [];
  for (const name of names) {
    const found = await lookUp(session, name);
    if (found === undefined) errors.push({ name, reason: 'no such process' });
    else pids.push({ name, pid: found });
    if (found === undefined) session.exitStatus = exitStatus.generic;
    else if (found === 0) session.exitStatus = exitStatus.notRunning;
  }
  session.printJson(pidDocument(pids, errors));
}

async function lookUp(session: Session, name: string): Promise<number | undefined> {
  try {
    return (await session.call('getProcessInfo', name)).pid;
  } catch (error) {
    if (error instanceof RemoteFault && error.code === faultCode.badName) return undefined;
    throw error;
  }
}
