const codes = { red: 31, green: 32, yellow: 33, grey: 90 } as const;

/** How good news a state is. */
const colourOfState: Readonly<Record<string, keyof typeof codes>> = {
  RUNNING: 'green',
  STARTING: 'yellow',
  STOPPING: 'yellow',
  BACKOFF: 'yellow',
  STOPPED: 'grey',
  EXITED: 'grey',
  FATAL: 'red',
  UNKNOWN: 'red',
};

/** A text that ends with blanks, coloured for the state it names; the blanks are not. */
export function colourState(state: string, text: string): string {
  const colour = colourOfState[state];
  if (colour === undefined) return text;
  const word = text.trimEnd();
  return `\u001B[${codes[colour]}m${word}\u001B[0m${text.slice(word.length)}`;
}

/** Colours are for terminals, and not if NO_COLOR says so (https://no-color.org). */
export function mayColour(
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTerminal && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}
