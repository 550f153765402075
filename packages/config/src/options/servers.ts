import { strip } from '../python/text.ts';
import type { InetServerConfig, UnixServerConfig } from '../types.ts';
import { inetAddress, type InetAddress } from '../values/address.ts';
import { fileMode } from '../values/file-mode.ts';
import { ownerOf } from '../values/owners.ts';
import { absolutePath } from '../values/paths.ts';
import { text } from '../values/plain.ts';
import type { ValueType } from '../values/type.ts';
import type { CheckedPlace, OptionTable } from './table.ts';

const credentials = {
  username: {
    to: 'username',
    type: text,
    default: null,
    doc: 'The name that clients must give; without one, everybody may do everything.',
  },
  password: {
    to: 'password',
    type: text,
    default: null,
    doc: 'The password that clients must give: clear text, or `{SHA}` and its SHA-1 digest in lower-case hex.',
    check: (password: string | null, { section, values }: CheckedPlace) =>
      (password === null) === (values['username'] === null)
        ? undefined
        : `Section [${section}] contains incomplete authentication: If a username or a password is specified, both the username and password must be specified`,
  },
} as const;

const socketFile: ValueType<string> = {
  ...absolutePath,
  read: (given, world) => absolutePath.read(strip(given), world),
};

/** `[unix_http_server]` */
export const unixServerOptions = {
  file: {
    to: 'file',
    type: socketFile,
    default: null,
    defaultDoc: 'required',
    doc: 'The socket to listen on.',
    check: (file, { section }) =>
      file === null ? `section [${section}] has no file value` : undefined,
  },
  ...credentials,
  chown: {
    to: 'owner',
    type: ownerOf((given) => `Invalid sockchown value ${given}`),
    default: null,
    defaultDoc: 'whoever the daemon runs as',
    doc: 'Who owns the socket.',
  },
  chmod: {
    to: 'mode',
    type: fileMode('chmod'),
    default: '0700',
    doc: 'The file mode of the socket: who may connect.',
  },
} satisfies OptionTable<UnixServerConfig>;

/** `[inet_http_server]` */
export const inetServerOptions = {
  ...credentials,
  port: {
    to: 'address',
    type: inetAddress,
    default: null,
    defaultDoc: 'required',
    doc: 'The port to listen on, or `host:port`; without a host, or with `*`, on all interfaces.',
    check: (address, { section }) =>
      address === null ? `section [${section}] has no port value` : undefined,
  },
} satisfies OptionTable<Omit<InetServerConfig, 'host' | 'port'> & { address: InetAddress }>;
