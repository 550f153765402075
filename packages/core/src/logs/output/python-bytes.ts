import { isUtf8 } from 'node:buffer';

import { bytesLiteral } from '../../events/bytes-literal.ts';

/**
 * Output as text for the main log: as it is, or, if it is not UTF-8, as `Undecodable: b'…'`
 * with Python's escapes. A character cut by the end of a read makes both halves undecodable.
 */
export function decodable(data: Buffer): string {
  return isUtf8(data) ? data.toString() : `Undecodable: ${bytesLiteral(data)}`;
}
