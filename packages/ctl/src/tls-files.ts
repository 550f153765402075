import { readFileSync } from 'node:fs';

import type { TlsSettings } from '@tsvisor/rpc';

import type { TlsFiles } from './remote.ts';

/** A file of [supervisorctl] that cannot be used; the message names the option and says why. */
export class TlsFileError extends Error {
  override readonly name = 'TlsFileError';
}

/** Reads what is to be trusted and shown. @throws {TlsFileError} */
export function readTls({ ca, cert, key }: TlsFiles): TlsSettings {
  return {
    ca: read('tls_ca', ca, 'CERTIFICATE'),
    cert: read('tls_cert', cert, 'CERTIFICATE'),
    key: read('tls_key', key, 'PRIVATE KEY'),
  };
}

function read(option: string, path: string | null, holds: string): Buffer | undefined {
  if (path === null) return undefined;
  const place = `[supervisorctl] ${option}=${path}`;
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new TlsFileError(`${place}: ${reasons[code ?? ''] ?? message}`);
  }
  if (content.includes(`${holds}-----`)) return content;
  throw new TlsFileError(`${place}: there is no ${holds.toLowerCase()} in PEM in it`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};
