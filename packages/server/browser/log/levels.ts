const tags: Readonly<Record<string, string>> = {
  CRIT: 'critical',
  ERRO: 'error',
  WARN: 'warn',
  INFO: 'info',
  DEBG: 'debug',
  TRAC: 'trace',
  BLAT: 'blather',
};

const known: ReadonlySet<string> = new Set(Object.values(tags));

/**
 * The level of a line of the daemon's own log, as `loglevel` has it, in either format; undefined
 * for what belongs to the line before, as a traceback does.
 */
export function levelOf(line: string): string | undefined {
  const tag = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ([A-Z]{4}) /.exec(line)?.[1];
  if (tag !== undefined) return tags[tag];
  const level = /^\{"time":"[^"]*","level":"([a-z]+)"/.exec(line)?.[1];
  return level !== undefined && known.has(level) ? level : undefined;
}
