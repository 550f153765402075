import { pythonRepr } from '@tsvisor/config';

import { bytesLiteral } from '../../events/bytes-literal.ts';
import type { Logger } from '../../logger.ts';
import type { OutputLog } from './child-output.ts';
import { stripAnsi } from './strip-ansi.ts';

export interface ListenerOutputOptions {
  readonly process: string;
  readonly log: OutputLog;
  readonly logger: Logger;
  readonly stripAnsi: () => boolean;
}

/**
 * Writes the stdout of an event listener to its log, beside being read as its protocol: it is
 * never captured and makes no events (process.md §13, daemon.md §13).
 *
 * @returns false if the log is backed up
 */
export function logListenerOutput(chunk: Buffer, options: ListenerOutputOptions): boolean {
  const { process, log, logger } = options;
  if (logger.passes('debug')) {
    logger.log('debug', `${pythonRepr(process)} stdout output:\n${bytesLiteral(chunk)}`);
  }
  return log.write(options.stripAnsi() ? stripAnsi(chunk) : chunk);
}
