import type { ServerConfig } from '@tsvisor/core';

/** The files of a server's `tls_…` options. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  /** null: clients need no certificate. */
  readonly clientAuthorities: string | null;
}

/** Undefined: it is plain HTTP. */
export function tlsFilesOf(config: ServerConfig): TlsFiles | undefined {
  if (config.family === 'unix') return undefined;
  const { tlsCert: certificate, tlsKey: key, tlsClientCa: clientAuthorities } = config;
  return certificate === null || key === null ? undefined : { certificate, key, clientAuthorities };
}
