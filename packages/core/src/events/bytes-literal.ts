const named: Readonly<Record<number, string>> = {
  0x09: '\\t',
  0x0a: '\\n',
  0x0d: '\\r',
  0x5c: '\\\\',
};

/** Bytes as Python writes them: `b'e\xffrr\n'` with the escapes spelled out. */
export function bytesLiteral(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  let text = '';
  for (const byte of bytes) text += escaped(byte, quote);
  return `b${quote}${text}${quote}`;
}

function escaped(byte: number, quote: string): string {
  const name = named[byte];
  if (name !== undefined) return name;
  if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
  const character = String.fromCharCode(byte);
  return character === quote ? `\\${character}` : character;
}
