import type { Server, TlsFiles } from './remote.ts';
import { TlsFileError } from './tls-files.ts';

type Advice = string | ((tls: TlsFiles, error: Failure) => string);

interface Failure {
  readonly code?: unknown;
  readonly cause?: { readonly cert?: { readonly subjectaltname?: string } };
}

const untrusted: Advice = ({ ca }) =>
  ca === null
    ? 'has a certificate of an authority that is not trusted here: tls_ca= in [supervisorctl] is for the file of the one that is to be'
    : `has a certificate of an authority that is not in tls_ca=${ca}`;

const certificateWanted: Advice = ({ cert }) =>
  cert === null
    ? 'wants a certificate of the client: tls_cert= and tls_key= in [supervisorctl] are for it'
    : `does not accept the certificate in tls_cert=${cert}`;

const notTls = 'does not speak TLS: its serverurl= begins with http://';

/** By the code of the error: what is wrong with the server, and which option helps. */
const advice: Readonly<Record<string, Advice>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_HAS_EXPIRED:
    'has a certificate that has expired: the file of tls_cert= in its [inet_http_server] is to be renewed',
  CERT_NOT_YET_VALID:
    'has a certificate that is not valid yet: is the clock of this machine right?',
  ERR_TLS_CERT_ALTNAME_INVALID: (_tls, { cause }) =>
    `has a certificate for other names: serverurl= is to have one of ${cause?.cert?.subjectaltname || 'them'}`,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: certificateWanted,
  // What is said by TLS 1.2, which has no word for it, and where nothing is said.
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: certificateWanted,
  ECONNRESET: ({ cert }) =>
    `has closed the connection: ${cert === null ? 'it may want a certificate of the client, tls_cert= and tls_key= in [supervisorctl]' : `it may not accept the certificate in tls_cert=${cert}`}`,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
  ERR_OSSL_X509_KEY_VALUES_MISMATCH:
    'cannot be asked: tls_key= in [supervisorctl] is not the key of tls_cert=',
};

const none: TlsFiles = { ca: null, cert: null, key: null };

/** The line for a daemon that cannot be reached by TLS; undefined: it is something else. */
export function tlsTrouble(error: unknown, { url, tls = none }: Server): string | undefined {
  if (error instanceof TlsFileError) return `ERROR: ${error.message}`;
  if (!url.startsWith('https:')) return undefined;
  const failure = error as Failure;
  const said = typeof failure.code === 'string' ? advice[failure.code] : undefined;
  if (said === undefined) return undefined;
  return `ERROR: ${url} ${typeof said === 'string' ? said : said(tls, failure)}`;
}
