import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

import type { TlsFiles } from './files.ts';

/** What was in the files, fit for use together. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer | null;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** A file that cannot be used; the message begins with its option and value. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly code = 'CERTIFICATE';

  constructor(option: string, path: string, why: string, cause?: unknown) {
    super(`${option}=${path}: ${why}`, { cause });
  }
}

/** A file of more bytes is none of certificates. */
const MAX_BYTES = 1024 * 1024;

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/;
const KEY = /-----BEGIN (?:\w+ )?PRIVATE KEY-----/;
const ENCRYPTED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: *4, *ENCRYPTED/m;

/**
 * Reads the files and sees whether they go together.
 *
 * @throws {CertificateError}
 */
export async function readCertificate(files: TlsFiles): Promise<Certificate> {
  const cert = await read('tls_cert', files.certificate);
  const leaf = certificateIn('tls_cert', files.certificate, cert);
  const key = await read('tls_key', files.key);
  if (!leaf.checkPrivateKey(keyIn(files.key, key))) {
    const why = `it is not the key of the certificate in tls_cert=${files.certificate}`;
    throw new CertificateError('tls_key', files.key, why);
  }
  const authorities = files.clientAuthorities;
  const ca = authorities === null ? null : await read('tls_client_ca', authorities);
  if (authorities !== null && ca !== null) certificateIn('tls_client_ca', authorities, ca);
  try {
    createSecureContext({ cert, key, ...(ca !== null && { ca }) });
  } catch (error) {
    const why = `it cannot be used: ${reason(error)}`;
    throw new CertificateError('tls_cert', files.certificate, why, error);
  }
  return { cert, key, ca, validFrom: new Date(leaf.validFrom), validTo: new Date(leaf.validTo) };
}

/** Whether the files had the same in them. */
export function isSameCertificate(one: Certificate, other: Certificate): boolean {
  const contents = ({ cert, key, ca }: Certificate): Buffer[] => [cert, key, ca ?? Buffer.alloc(0)];
  const others = contents(other);
  return contents(one).every((content, at) => content.equals(others[at] ?? Buffer.alloc(0)));
}

async function read(option: string, path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new CertificateError(option, path, 'it is a directory');
    // A pipe would be waited for, a device might never end.
    if (!found.isFile()) throw new CertificateError(option, path, 'it is not a file');
    if (found.size > MAX_BYTES) throw new CertificateError(option, path, 'it is larger than 1 MiB');
    return await readFile(path);
  } catch (error) {
    if (error instanceof CertificateError) throw error;
    throw new CertificateError(option, path, unreadable(error), error);
  }
}

function unreadable(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return `uid ${process.getuid?.()} may not read it`;
  return message;
}

function certificateIn(option: string, path: string, content: Buffer): X509Certificate {
  const text = content.toString('latin1');
  if (!CERTIFICATE.test(text)) {
    const why = 'there is no certificate in PEM in it (-----BEGIN CERTIFICATE-----)';
    throw new CertificateError(option, path, why);
  }
  try {
    return new X509Certificate(content);
  } catch (error) {
    throw new CertificateError(option, path, `its certificate is damaged: ${reason(error)}`, error);
  }
}

function keyIn(path: string, content: Buffer): KeyObject {
  const text = content.toString('latin1');
  if (ENCRYPTED.test(text)) {
    const why = 'the key is encrypted, and nobody is there to be asked for its passphrase';
    throw new CertificateError('tls_key', path, `${why}: decrypt it with \`openssl pkey\``);
  }
  if (!KEY.test(text)) {
    const why = 'there is no private key in PEM in it (-----BEGIN PRIVATE KEY-----)';
    throw new CertificateError('tls_key', path, why);
  }
  try {
    return createPrivateKey(content);
  } catch (error) {
    throw new CertificateError('tls_key', path, `its key is damaged: ${reason(error)}`, error);
  }
}

/** `bad base64 decode` of `error:0480…:PEM routines::bad base64 decode`. */
function reason(error: unknown): string {
  const { reason: given, message } = error as {
    readonly reason?: string;
    readonly message: string;
  };
  return given ?? message.slice(message.lastIndexOf(':') + 1).trim();
}
