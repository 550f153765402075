/** The parts of what follows the method on a request line. */
export interface Target {
  readonly path: string;
  readonly parameters: string | null;
  readonly query: string;
}

/**
 * Splits before decoding, so that an encoded `?` or `;` belongs to the name it stands in.
 * A whole URL (`http://host/x`) is not taken apart: its path matches nothing.
 */
export function parseTarget(text: string): Target {
  const [beforeFragment = ''] = text.split('#', 1);
  const mark = beforeFragment.indexOf('?');
  const address = mark === -1 ? beforeFragment : beforeFragment.slice(0, mark);
  const query = mark === -1 ? '' : beforeFragment.slice(mark + 1);
  const semicolon = address.indexOf(';');
  return {
    path: decodePercent(semicolon === -1 ? address : address.slice(0, semicolon)),
    parameters: semicolon === -1 ? null : decodePercent(address.slice(semicolon + 1)),
    query,
  };
}

/** Decodes %XX as bytes of UTF-8; what is not an escape stays, what is not UTF-8 is replaced. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(text, 'utf8');
  const decoded = Buffer.alloc(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const escaped = byte === PERCENT ? bytes.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(escaped)) {
      decoded[length++] = Number.parseInt(escaped, 16);
      at += 2;
    } else {
      decoded[length++] = byte;
    }
  }
  return decoded.toString('utf8', 0, length);
}

const PERCENT = 0x25;

/** Encodes all but letters, digits, `_`, `.`, `-`, `~` and `/`, as links and redirections need it. */
export function encodePercent(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte);
    encoded += /[\w.~/-]/.test(char)
      ? char
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
