import { Console } from 'node:console';

import type { Cancel } from '../clock.ts';

const methods = [
  'log',
  'info',
  'debug',
  'table',
  'dir',
  'group',
  'timeEnd',
  'timeLog',
  'count',
] as const;

/**
 * Makes everything that `console` prints go to stderr: on a listener's stdout one stray line is a
 * violation of the protocol, after which it gets no events any more.
 */
export function consoleToStderr(): Cancel {
  const stderr = new Console(process.stderr, process.stderr);
  const before = methods.map((name) => [name, console[name]] as const);
  for (const name of methods) console[name] = stderr[name].bind(stderr);
  return () => {
    for (const [name, method] of before) console[name] = method as never;
  };
}
