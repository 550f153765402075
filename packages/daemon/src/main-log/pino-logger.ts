import pino from 'pino';

import type { LogLevelName } from '@tsvisor/config';
import { logLevels, type Clock, type Logger } from '@tsvisor/core';

/** Takes a record that is to be written. */
export type Write = (level: LogLevelName, timeMs: number, text: string) => void;

/** What pino leaves on a destination that asks for it, before each write. */
interface Metadata {
  readonly lastLevel: number;
  readonly lastMsg: string;
  readonly lastTime: string;
}

const levelNames: ReadonlyMap<number, LogLevelName> = new Map(
  Object.entries(logLevels).map(([name, number]) => [number, name as LogLevelName]),
);

/** The logger of the daemon: pino, with the levels of supervisord. */
export function pinoLogger(level: LogLevelName, clock: Clock, write: Write): Logger {
  const destination = {
    [Symbol.for('pino.metadata')]: true,
    // pino hands over the record as JSON; its parts are here already, so nothing is parsed.
    write(this: Metadata): void {
      write(levelNames.get(this.lastLevel) ?? 'info', Number(this.lastTime), this.lastMsg);
    },
  };
  const log = pino<LogLevelName, true>(
    {
      level,
      customLevels: logLevels,
      useOnlyCustomLevels: true,
      base: null,
      timestamp: () => `,"time":${clock.now()}`,
    },
    // pino sets the metadata on it before it writes.
    destination as unknown as pino.DestinationStream,
  );
  return {
    passes: (asked) => log.isLevelEnabled(asked),
    log: (asked, text) => log[asked](text),
  };
}
