// The configuration in force, for whoever may look at it but not at its secrets.
import { describeConfig } from '@tsvisor/core';
import type { Config, Supervisor } from '@tsvisor/core';

import type { Role } from '../http/message.ts';
import { MASK, isSecretName, maskEnvironment, maskText, secretValues } from './secrets.ts';

/** Under the options' own names, as `tsvd --print-config` has them. */
export interface ConfigDocument {
  readonly supervisord: Description;
  readonly servers: readonly Description[];
  readonly rpcinterfaces: readonly Description[];
  readonly groups: readonly GroupDescription[];
  readonly messages: Description;
}

export type Description = Readonly<Record<string, unknown>>;

export type GroupDescription = Description & {
  readonly name: string;
  readonly type: string;
  readonly priority: number;
  readonly processes: readonly ProcessDescription[];
};

export type ProcessDescription = Description & { readonly name: string };

type Source = Pick<Supervisor, 'config' | 'groups'>;

/**
 * All that is in force: the groups that are active, and the rest as it was read last. Secrets
 * are hidden; of environments whoever may only look sees the names.
 */
export function effectiveConfig({ config, groups }: Source, role: Role): ConfigDocument {
  return describe({ ...config, groups: groups.map((group) => group.config) }, role);
}

/** The configuration that was read last, whether or not its groups are active. */
export const latestConfig = ({ config }: Source, role: Role): ConfigDocument =>
  describe(config, role);

/** One process of an active group; undefined: there is none. */
export function effectiveProcess(
  { config, groups }: Source,
  names: { readonly group: string; readonly name: string },
  role: Role,
): ProcessDescription | undefined {
  const group = groups.find(({ name }) => name === names.group)?.config;
  const process = group?.processes.find(({ name }) => name === names.name);
  if (group === undefined || process === undefined) return undefined;
  const only = { ...group, processes: [process] };
  return describe({ ...config, groups: [only] }, role).groups[0]?.processes[0];
}

function describe(config: Config, role: Role): ConfigDocument {
  const all = role === 'readonly';
  const plain = describeConfig(config, workingFolder()) as unknown as ConfigDocument;
  const { environment = {} } = plain.supervisord as { environment?: Environment };
  const known = [...secretValues(environment), ...secretValues(process.env, SHORTEST_INHERITED)];
  const hide = (description: Description): Description => masked(description, known, all);
  return {
    supervisord: hide(plain.supervisord),
    servers: plain.servers.map(hide),
    rpcinterfaces: plain.rpcinterfaces.map(hide),
    groups: plain.groups.map((group) => ({
      ...(hide({ ...group, processes: [] }) as GroupDescription),
      processes: group.processes.map((process) => hideProcess(process, known, all)),
    })),
    messages: hide(plain.messages),
  };
}

/** `%(ENV_X)s` may have put them anywhere. Nobody chose them for us: `AUTH=true` is no secret. */
const SHORTEST_INHERITED = 8;

type Environment = Readonly<Record<string, string>>;

function hideProcess(
  process: ProcessDescription,
  known: readonly string[],
  all: boolean,
): ProcessDescription {
  const { environment = {} } = process as { environment?: Environment };
  const own = secretValues(environment);
  return masked(process, [...known, ...own], all) as ProcessDescription;
}

/** The same with secrets hidden, however deep: by the names of members, and in every text. */
function masked(description: Description, known: readonly string[], all: boolean): Description {
  return Object.fromEntries(
    Object.entries(description).map(([name, value]) => {
      if (name === 'environment') return [name, maskEnvironment(value as Environment, all)];
      if (typeof value === 'string' && isSecretOption(name)) return [name, MASK];
      return [name, maskedValue(value, known, all)];
    }),
  );
}

/** `tls_key` and its like name files, and files are not shown. */
const isSecretOption = (name: string): boolean => isSecretName(name) && !name.startsWith('tls_');

function maskedValue(value: unknown, known: readonly string[], all: boolean): unknown {
  if (typeof value === 'string') return maskText(value, known);
  if (Array.isArray(value)) return value.map((one) => maskedValue(one, known, all));
  if (typeof value !== 'object' || value === null) return value;
  return masked(value as Description, known, all);
}

/** Relative paths are those of the daemon; one whose folder is gone can still be asked. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    // ENOENT: somebody has removed it.
    return '/';
  }
}
