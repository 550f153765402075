const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const SPECIAL = /[\\\p{C}\p{Z}'"]/u;
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

/** The text as Python's repr() shows it: in quotes, with escapes. A list as its own repr. */
export function pythonRepr(value: string | readonly string[]): string {
  if (typeof value !== 'string') return `[${value.map((one) => pythonRepr(one)).join(', ')}]`;
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  if (!SPECIAL.test(value)) return quote + value + quote;
  return quote + Array.from(value, (character) => shown(character, quote)).join('') + quote;
}

function shown(character: string, quote: string): string {
  if (character === quote) return '\\' + quote;
  const escape = ESCAPES[character];
  if (escape !== undefined) return escape;
  return character !== ' ' && UNPRINTABLE.test(character) ? numbered(character) : character;
}

/** As Python's ascii(): what is not ASCII is escaped too. */
export function pythonAscii(text: string): string {
  return Array.from(pythonRepr(text), (character) =>
    character.codePointAt(0)! < 0x80 ? character : numbered(character),
  ).join('');
}

function numbered(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
