import { readFileSync } from 'node:fs';

/** Where systems keep the authorities that they trust: Debian and Alpine, Red Hat, SUSE, BSD. */
const places = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The authorities that the system trusts, as its other programs do (SSL_CERT_FILE first); undefined
 * where it has no list, such as in a small image: then those that come with Node.
 */
export function systemRoots(
  named: string | undefined = process.env['SSL_CERT_FILE'],
): Buffer | undefined {
  for (const place of named === undefined || named === '' ? places : [named]) {
    try {
      return readFileSync(place);
    } catch {
      // Another system's place.
    }
  }
  return undefined;
}
