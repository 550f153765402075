/** The words of an argument string less a flag of ours, and whether it was there. */
export interface Flagged {
  readonly words: readonly string[];
  readonly isSet: boolean;
  /** What followed `=`. */
  readonly value: string | undefined;
}

/** Takes `--flag` or `--flag=value` out of the words. */
export function takeFlag(words: readonly string[], flag: string): Flagged {
  const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  const found = words[at];
  if (found === undefined) return { words, isSet: false, value: undefined };
  const value = found === flag ? undefined : found.slice(flag.length + 1);
  return { words: words.toSpliced(at, 1), isSet: true, value };
}
