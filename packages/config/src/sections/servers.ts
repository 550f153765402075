import { readerOf, type Context } from '../context.ts';
import { inetServerOptions, unixServerOptions } from '../options/servers.ts';
import { place } from '../options/table.ts';
import type { InetServerConfig, ServerConfig, UnixServerConfig } from '../types.ts';
import type { InetAddress } from '../values/address.ts';

/** Every section whose name begins so is a server. */
const INET_SERVER = 'inet_http_server';
const UNIX_SERVER = 'unix_http_server';

export function readServers(context: Context): ServerConfig[] {
  return [...readInetServers(context), ...readUnixServers(context)];
}

function readInetServers(context: Context): InetServerConfig[] {
  return context.sections.startingWith(INET_SERVER).map((section) => {
    const values = readerOf(context, section).table(inetServerOptions, (key) =>
      key.startsWith('tls_') ? context.here : context.environment,
    );
    const { address, ...rest } = place(inetServerOptions, values) as InetServerConfig & {
      address: InetAddress;
    };
    return { ...rest, section: section.name, family: 'inet', ...address };
  });
}

function readUnixServers(context: Context): UnixServerConfig[] {
  return context.sections.startingWith(UNIX_SERVER).map((section) => {
    const values = readerOf(context, section).table(unixServerOptions, (key) =>
      key === 'file' ? context.here : context.environment,
    );
    const settings = place(unixServerOptions, values) as UnixServerConfig;
    return { ...settings, section: section.name, family: 'unix' };
  });
}
