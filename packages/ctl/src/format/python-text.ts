/** A text as Python's repr shows it: quoted, with what does not print escaped. */
export function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = '';
  for (const character of text) body += escaped(character, quote);
  return quote + body + quote;
}

/** Bytes as Python's repr shows them. */
export function pythonBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = '';
  for (const character of text) {
    body += character > '~' ? hex(character, 2, 'x') : escaped(character, quote);
  }
  return `b${quote}${body}${quote}`;
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const unprintable = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

function escaped(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const short = named[character];
  if (short !== undefined) return short;
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return hex(character, 2, 'x');
  return code < 0x10000 ? hex(character, 4, 'u') : hex(character, 8, 'U');
}

function hex(character: string, digits: number, letter: string): string {
  return `\\${letter}${(character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')}`;
}
