import type { ControlConfig } from '../types.ts';
import { readAbsolute } from '../values/paths.ts';
import { text } from '../values/plain.ts';
import type { ValueType } from '../values/type.ts';
import { controlServerUrl } from '../values/url.ts';
import type { CheckedPlace, OptionTable } from './table.ts';

const optionalPath: ValueType<string | null> = {
  name: 'path',
  read: (given, world) => (given === '' ? null : readAbsolute(given, world)),
};

/** `[supervisorctl]` */
export const controlOptions = {
  serverurl: {
    to: 'serverUrl',
    type: controlServerUrl,
    default: 'http://localhost:9001',
    doc: 'The daemon to talk to: `unix:///path`, `http://host:port` or, of tsvd, `https://host:port`.',
  },
  prompt: {
    to: 'prompt',
    type: text,
    default: 'supervisor',
    doc: 'What the shell shows before each command.',
  },
  username: {
    to: 'username',
    type: text,
    default: null,
    doc: 'The name to give to the daemon.',
  },
  password: {
    to: 'password',
    type: text,
    default: null,
    doc: 'The password to give to the daemon, in clear text.',
  },
  history_file: {
    to: 'historyFile',
    type: optionalPath,
    default: null,
    doc: 'Where the shell keeps its history between sessions.',
  },
  tls_ca: {
    to: 'tlsCa',
    type: optionalPath,
    default: null,
    isOwn: true,
    defaultDoc: 'those of the system',
    doc: 'The authorities, in PEM, one of which must have signed the certificate of a daemon at `https://`.',
  },
  tls_cert: {
    to: 'tlsCert',
    type: optionalPath,
    default: null,
    isOwn: true,
    doc: 'The file of our own certificate, in PEM, for a daemon with `tls_client_ca`.',
  },
  tls_key: {
    to: 'tlsKey',
    type: optionalPath,
    default: null,
    isOwn: true,
    doc: 'The file of its private key, in PEM.',
    check: (key: string | null, { values }: CheckedPlace) =>
      (key === null) === (values['tls_cert'] === null)
        ? undefined
        : 'tls_cert and tls_key must both be set, or neither',
  },
} satisfies OptionTable<ControlConfig>;
