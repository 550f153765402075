/**
 * What a page shows of the end of a log without a script: its text, without what only terminals
 * understand. `isCut`: there is more before, so that the first line may be the rest of one.
 */
export function plainText(end: Buffer, isCut: boolean): string {
  const feed = end.indexOf('\n');
  const whole = end.subarray(isCut && feed + 1 < end.length ? feed + 1 : 0);
  return withoutSequences(whole.toString());
}

export const withoutSequences = (log: string): string =>
  log.replace(sequences, '').replace(acting, picture);

const ESCAPE = String.raw`\u001b`;
/** Colours and cursor moves; titles, hyperlinks and pictures, to the line's end at most; the rest. */
const sequences = new RegExp(
  [
    String.raw`(?:${ESCAPE}\[|\u009b)[0-?]*[ -/]*[@-~]?`,
    String.raw`(?:${ESCAPE}[PX^_\]]|[\u0090\u0098\u009d-\u009f])[^\n\u0007\u001b\u009c]*(?:\u0007|${ESCAPE}\\|\u009c)?`,
    String.raw`${ESCAPE}[ -/]*[0-~]?`,
    String.raw`\u0007|\r+(?=\n)`,
  ].join('|'),
  'g',
);

/** Control characters, and those that reorder the text around them. */
const acting = new RegExp(
  String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]`,
  'g',
);

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
