import { UsageError } from '@tsvisor/config';

import type { Server } from '../remote.ts';

/** One daemon of an inventory. */
export interface Host {
  readonly label: string;
  readonly server: Server;
}

/** What `ini` makes of a file: sections nest on dots, `name[]` becomes a list. */
export type IniObject = { readonly [key: string]: unknown };

/**
 * Reads an inventory. A section is a group of hosts: `label = server URL`. `username` and
 * `password` hold for the hosts of their section, or at the top of the file for all;
 * `groups[] = NAME` takes in the hosts of another group; `[eu.web]` belongs to `eu`.
 * Credentials in a URL come before both.
 */
export function hostsOf(inventory: IniObject, names: readonly string[], file: string): Host[] {
  const top = credentialsOf(inventory, { username: null, password: null });
  const groups = new Map<string, Group>();
  collect(inventory, [], top, groups);
  const found = new Map<string, Host>();
  for (const name of names) {
    const hosts = named(name, groups, new Set());
    if (hosts.length === 0) throw new UsageError(unknown(name, groups, file));
    for (const host of hosts) found.set(host.label, host);
  }
  return [...found.values()];
}

interface Group {
  readonly hosts: readonly Host[];
  readonly includes: readonly string[];
}

interface Credentials {
  readonly username: string | null;
  readonly password: string | null;
}

const ownKeys: ReadonlySet<string> = new Set(['username', 'password', 'groups']);

function collect(
  section: IniObject,
  path: readonly string[],
  inherited: Credentials,
  groups: Map<string, Group>,
): void {
  const credentials = credentialsOf(section, inherited);
  const hosts: Host[] = [];
  const includes: string[] = [];
  for (const [key, value] of Object.entries(section)) {
    if (key === 'groups') includes.push(...[value].flat().map(String));
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      collect(value as IniObject, [...path, key], credentials, groups);
      includes.push([...path, key].join('.'));
    } else if (!ownKeys.has(key)) {
      hosts.push({ label: key, server: readServer(String(value), key, credentials) });
    }
  }
  groups.set(path.length === 0 ? 'all' : path.join('.'), { hosts, includes });
}

function named(name: string, groups: ReadonlyMap<string, Group>, seen: Set<string>): Host[] {
  const group = groups.get(name);
  if (group === undefined) {
    const all = [...groups.values()].flatMap((each) => each.hosts);
    return all.filter((host) => host.label === name);
  }
  if (seen.has(name)) return [];
  seen.add(name);
  return [...group.hosts, ...group.includes.flatMap((each) => named(each, groups, seen))];
}

function credentialsOf(section: IniObject, inherited: Credentials): Credentials {
  const { username, password } = section;
  return {
    username: text(username) ?? inherited.username,
    password: text(password) ?? inherited.password,
  };
}

/** `ini` makes values of `true`, `false` and `null`. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

function readServer(value: string, label: string, credentials: Credentials): Server {
  const text = /^[a-z]+:\/\//i.test(value) ? value : `http://${value}`;
  if (text.startsWith('unix:///')) return { url: text, ...credentials };
  const parts =
    /^(https?):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?(\[[^\]]+\]|[^:/@]+)(?::(\d+))?\/?$/.exec(text);
  const [, scheme, username, password, host, port] = parts ?? [];
  if (host === undefined) {
    throw new UsageError(
      `host ${label} = ${value} of the inventory is not http://host:port, https://host:port, host:port or unix:///path`,
    );
  }
  return {
    // The port of supervisord's documentation; port 80 has to be said.
    url: `${scheme}://${host}:${port ?? '9001'}`,
    username: username === undefined ? credentials.username : decodeURIComponent(username),
    password: password === undefined ? credentials.password : decodeURIComponent(password),
  };
}

function unknown(name: string, groups: ReadonlyMap<string, Group>, file: string): string {
  const known = [...groups.keys()].filter((each) => each !== 'all').sort();
  const groupList = known.length === 0 ? 'it has no groups' : `its groups: ${known.join(', ')}`;
  return `inventory ${file} has no group or host ${name} (${groupList})`;
}
