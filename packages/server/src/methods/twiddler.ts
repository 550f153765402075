import { SupervisorError, logLevels } from '@tsvisor/core';
import type { Logger, ProcessConfig } from '@tsvisor/core';
import {
  NOT_IN_WHITELIST,
  ValueError,
  fault,
  inNamespace,
  isStruct,
  pythonInt,
  pythonRepr,
  pythonStr,
  twiddlerMethods,
} from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { MethodContext, MethodHandler, MethodHandlers } from './context.ts';
import type { Namespace } from './namespace.ts';
import { tableNamespace } from './table-namespace.ts';

type Options = Readonly<Record<string, string>>;
type LevelName = Parameters<Logger['log']>[0];

/**
 * `supervisor_twiddler.rpcinterface:make_twiddler_rpcinterface`: groups and programs that come
 * and go at run time. A `whitelist` among the options of its section names what may be called.
 */
export function twiddlerNamespace(
  name: string,
  options: Options,
  context: MethodContext,
): Namespace {
  const rows = inNamespace(name, twiddlerMethods);
  return tableNamespace(name, rows, allowed(options['whitelist'] ?? ''), context);
}

function allowed(whitelist: string): Readonly<Record<string, MethodHandler>> {
  const names = whitelist.split(',').map((name) => name.trim());
  if (whitelist.trim() === '') return handlers;
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      names.includes(name)
        ? handler
        : () => {
            throw fault(NOT_IN_WHITELIST, name);
          },
    ]),
  );
}

const handlers: MethodHandlers<keyof typeof twiddlerMethods> = {
  getAPIVersion: () => '1.0',
  getGroupNames: ({ supervisor }) => supervisor.groups.map(({ name }) => name),
  log({ logger }, message = null, level = null) {
    logger.log(levelOf(level), pythonStr(message));
    return true;
  },
  addGroup({ supervisor }, name = null, priority = null) {
    if (typeof name !== 'string' || name === '') throw fault('INCORRECT_PARAMETERS');
    if (/\p{Cc}/u.test(name)) throw fault('BAD_NAME', pythonRepr(name));
    if (supervisor.group(name) !== undefined) throw fault('BAD_NAME', name);
    const config = {
      type: 'program',
      name,
      priority: priorityOf(priority),
      processes: [],
    } as const;
    refusing(() => supervisor.createGroup(config));
    return true;
  },
  addProgramToGroup(context, group = null, program = null, options = null) {
    const { supervisor } = context;
    const name = activeGroup(context, group);
    const processes = readProgram(context, name, pythonStr(program), options);
    refusing(() => supervisor.addProcesses(name, processes));
    return true;
  },
  removeProcessFromGroup(context, group = null, process = null) {
    const { supervisor } = context;
    const name = activeGroup(context, group);
    refusing(() => supervisor.removeProcess(name, pythonStr(process)));
    return true;
  },
};

/** What the engine refuses is a fault with its own words. */
function refusing(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof SupervisorError)) throw error;
    const { code, detail } = error;
    throw fault(code === 'BAD_ARGUMENTS' ? 'INCORRECT_PARAMETERS' : code, detail);
  }
}

function activeGroup({ supervisor }: MethodContext, name: RpcValue): string {
  if (typeof name === 'string' && supervisor.group(name) !== undefined) return name;
  throw fault('BAD_NAME', `group: ${pythonStr(name)}`);
}

function readProgram(
  { daemon }: MethodContext,
  group: string,
  name: string,
  given: RpcValue,
): readonly ProcessConfig[] {
  if (!isStruct(given)) throw fault('INCORRECT_PARAMETERS');
  const options = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.toLowerCase(), optionText(value)]),
  );
  try {
    return daemon.readProgram({ name, group, options, origin: 'addProgramToGroup' });
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (code !== 'CONFIG') throw error;
    throw fault('INCORRECT_PARAMETERS', message);
  }
}

/** Clients give numbers and booleans as such. */
function optionText(value: RpcValue): string {
  if (typeof value === 'object') throw fault('INCORRECT_PARAMETERS');
  return pythonStr(value);
}

function priorityOf(value: RpcValue): number {
  try {
    return Number(pythonInt(value));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw fault('INCORRECT_PARAMETERS', error.message);
  }
}

/** The names as the lines of the main log have them. */
const levels: Readonly<Record<string, LevelName>> = {
  CRIT: 'critical',
  ERRO: 'error',
  WARN: 'warn',
  INFO: 'info',
  DEBG: 'debug',
  TRAC: 'trace',
  BLAT: 'blather',
};

function levelOf(level: RpcValue): LevelName {
  const found = Object.entries(levels).find(
    ([short, name]) =>
      level === logLevels[name] || (typeof level === 'string' && level.toUpperCase() === short),
  );
  if (found === undefined) throw fault('INCORRECT_PARAMETERS');
  return found[1];
}
