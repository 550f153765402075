import { faultCode } from '../exit-status.ts';
import { words } from '../names.ts';
import type { Session } from '../session.ts';
import { matchGroups } from '../wildcards.ts';
import type { Command } from './command.ts';
import { whenFaulty } from './faults.ts';

export const update: Command = {
  name: 'update',
  help: [
    'update\t\t\tReload config and add/remove as necessary, and will restart affected programs',
    'update all\t\tReload config and add/remove as necessary, and will restart affected programs',
    'update <gname> [...]\tUpdate specific groups',
  ],
  completes: 'groups',
  async run(session, argument) {
    const result = await whenFaulty(session, session.call('reloadConfig'), {
      [faultCode.shutdownState]: 'ERROR: already shutting down',
    });
    if (result === undefined) return;
    const [added, changed, removed] = result[0];
    const isWanted = await selection(session, words(argument), added);
    for (const group of removed.filter(isWanted)) await removeGroup(session, group);
    for (const group of changed.filter(isWanted)) await replaceGroup(session, group);
    for (const group of added.filter(isWanted)) {
      await session.call('addProcessGroup', group);
      session.print(`${group}: added process group`);
    }
  },
};

/** Which groups are meant; names that no group has are complained of. */
async function selection(
  session: Session,
  typed: readonly string[],
  added: readonly string[],
): Promise<(group: string) => boolean> {
  if (typed.length === 0 || typed.includes('all')) return () => true;
  const infos = await session.call('getAllProcessInfo');
  const groups = new Set([...infos.map((info) => info.group), ...added]);
  const names = new Set(matchGroups(typed, [...groups]));
  for (const name of names) {
    if (!groups.has(name)) session.fail(`ERROR: no such group: ${name}`);
  }
  return (group) => names.has(group);
}

async function removeGroup(session: Session, group: string): Promise<void> {
  const results = await session.call('stopProcessGroup', group);
  session.print(`${group}: stopped`);
  if (results.some((result) => result.status === faultCode.failed)) {
    session.fail(`${group}: has problems; not removing`);
    return;
  }
  await session.call('removeProcessGroup', group);
  session.print(`${group}: removed process group`);
}

async function replaceGroup(session: Session, group: string): Promise<void> {
  await session.call('stopProcessGroup', group);
  session.print(`${group}: stopped`);
  await session.call('removeProcessGroup', group);
  await session.call('addProcessGroup', group);
  session.print(`${group}: updated process group`);
}
