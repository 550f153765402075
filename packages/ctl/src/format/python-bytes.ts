/** Bytes as Python's repr shows them. */
export function pythonBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `b${quote}${Array.from(text, (character) => shown(character, quote)).join('')}${quote}`;
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function shown(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const escape = named[character];
  if (escape !== undefined) return escape;
  if (character >= ' ' && character <= '~') return character;
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
