import { strip } from '../python/text.ts';
import type { InetServerConfig, UnixServerConfig } from '../types.ts';
import { inetAddress, type InetAddress } from '../values/address.ts';
import { fileMode } from '../values/file-mode.ts';
import { ownerOf } from '../values/owners.ts';
import { absolutePath } from '../values/paths.ts';
import { boolean, text } from '../values/plain.ts';
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

const additions = {
  readonly_username: {
    to: 'readOnlyUsername',
    type: text,
    default: null,
    isOwn: true,
    doc: 'The name of somebody who may look at everything and change nothing; needs `username` too.',
    check: (name: string | null, { values }: CheckedPlace) =>
      name !== null && (values['username'] ?? '') === ''
        ? 'needs username and password too: without them everybody may do everything'
        : undefined,
  },
  readonly_password: {
    to: 'readOnlyPassword',
    type: text,
    default: null,
    isOwn: true,
    doc: 'The password of `readonly_username`, in the forms of `password`.',
    check: (password: string | null, { values }: CheckedPlace) =>
      (password === null) === (values['readonly_username'] === null)
        ? undefined
        : 'readonly_username and readonly_password must both be set, or neither',
  },
  metrics: {
    to: 'metrics',
    type: boolean,
    default: 'false',
    isOwn: true,
    doc: 'Answers `/metrics`, for Prometheus.',
  },
  health: {
    to: 'health',
    type: boolean,
    default: 'false',
    isOwn: true,
    doc: 'Answers `/healthz` and `/readyz`, for the probes of orchestrators.',
  },
  health_public: {
    to: 'healthIsPublic',
    type: boolean,
    default: 'false',
    isOwn: true,
    doc: 'Lets these two answer without a password.',
  },
} as const;

const tlsFile = (more: string) =>
  ({ type: absolutePath, default: null, isOwn: true, doc: more }) as const;

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
  ...additions,
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
  ...additions,
  tls_cert: {
    to: 'tlsCert',
    ...tlsFile(
      'The file of the certificate, its chain after it, in PEM: the port speaks HTTPS then.',
    ),
  },
  tls_key: {
    to: 'tlsKey',
    ...tlsFile('The file of its private key, in PEM.'),
    check: (key: string | null, { values }: CheckedPlace) =>
      (key === null) === (values['tls_cert'] === null)
        ? undefined
        : 'tls_cert and tls_key must both be set, or neither',
  },
  tls_client_ca: {
    to: 'tlsClientCa',
    ...tlsFile(
      'Authorities, in PEM; only clients with a certificate signed by one of them may connect.',
    ),
    check: (authorities: string | null, { values }: CheckedPlace) =>
      authorities !== null && values['tls_cert'] === null
        ? 'needs tls_cert and tls_key too'
        : undefined,
  },
} satisfies OptionTable<Omit<InetServerConfig, 'host' | 'port'> & { address: InetAddress }>;
