import { readFileSync } from 'node:fs';

import { UsageError } from '@tsvisor/config';

import type { FleetOptions } from '../command-line.ts';
import { parseLine, runLine } from '../dispatch.ts';
import { EndOfInput } from '../errors.ts';
import type { Connect, Server } from '../remote.ts';
import { Session, type Input, type Output } from '../session.ts';
import { CollectedOutput } from './collected-output.ts';
import { exitStatusOf, printDocument, printTable, runOnHosts } from './fleet.ts';
import { hostsOf, type IniObject } from './inventory.ts';

/** Whatever needs one daemon and its user. */
const unsuitable: ReadonlySet<string> = new Set([
  'fg',
  'open',
  'completion',
  'quit',
  'exit',
  'EOF',
]);

/**
 * Runs a line on the daemons of an inventory and shows one table.
 *
 * @returns the exit status.
 * @throws {UsageError}
 */
export async function runFleet(
  options: FleetOptions,
  line: string,
  credentials: Omit<Server, 'url'>,
  connect: Connect,
  output: Output,
): Promise<number> {
  refuseUnsuitable(line);
  const { parse } = await import('ini');
  const inventory: IniObject = parse(readInventory(options.inventory));
  const hosts = hostsOf(inventory, options.names, options.inventory);
  const makeOutput = (): CollectedOutput => new CollectedOutput(output.hasColours);
  const results = await runOnHosts(hosts, options, makeOutput, async (host, collected) => {
    const session = new Session({
      server: {
        url: host.server.url,
        username: credentials.username ?? host.server.username,
        password: credentials.password ?? host.server.password,
        tls: credentials.tls,
      },
      connect,
      output: collected,
      input: noInput,
      interruptible: (work) => work(new AbortController().signal),
      isInteractive: false,
    });
    await runLine(session, line);
    return session.exitStatus;
  });
  if (/(^|\s)--json(\s|$)/.test(line)) printDocument(results, output);
  else printTable(results, output);
  return exitStatusOf(results);
}

function refuseUnsuitable(line: string): void {
  const { action, argument } = parseLine(line);
  const follows = /^(main)?tail$/.test(action) && argument.startsWith('-f');
  if (unsuitable.has(action) || follows || /(^|\s)--watch\b/.test(argument)) {
    throw new UsageError(`${action} ${argument}`.trim() + ' cannot be run on several hosts');
  }
}

function readInventory(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'ENOENT'
        ? `could not find inventory file ${path}`
        : `could not read inventory file ${path}`,
    );
  }
}

const noInput: Input = {
  readLine: () => Promise.reject(new EndOfInput()),
  readSecret: () => Promise.reject(new EndOfInput()),
  close: () => {},
};
