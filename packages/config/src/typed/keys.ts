/**
 * What an option in code is in a file: by its name in code, `stdout.maxBytes` for one of a channel.
 * The tables of options say so for most of them.
 */
import { processOptions, programOptions } from '../options/program.ts';
import { rowsOf } from '../options/table.ts';
import type { EventListenerOptions, FcgiProgramOptions, GroupOptions } from './options.ts';
import type { OptionsOfSupervisord } from './supervisord.ts';

export type Keys = Readonly<Record<string, string>>;

/** They are the daemon's to do. */
const daemonOnly = new Set(['watch', 'watch_debounce']);

export const programKeys: Keys = {
  ...Object.fromEntries(
    [...rowsOf(programOptions), ...rowsOf(processOptions)]
      .filter(([key, row]) => row.to !== undefined && !daemonOnly.has(key))
      .map(([key, row]) => [row.to!, key]),
  ),
  numprocs: 'numprocs',
  numprocsStart: 'numprocs_start',
  processName: 'process_name',
};

type Own<T> = Exclude<keyof T, keyof EventListenerOptions & keyof FcgiProgramOptions>;

export const listenerKeys: Keys = {
  ...programKeys,
  ...({
    events: 'events',
    bufferSize: 'buffer_size',
    resultHandler: 'result_handler',
    recoversListeners: 'listener_recover',
  } satisfies Record<Own<EventListenerOptions>, string>),
};

export const fcgiKeys: Keys = {
  ...programKeys,
  ...({
    socket: 'socket',
    socketOwner: 'socket_owner',
    socketMode: 'socket_mode',
    socketBacklog: 'socket_backlog',
  } satisfies Record<Own<FcgiProgramOptions>, string>),
};

export const groupKeys: Keys = {
  programs: 'programs',
  priority: 'priority',
} satisfies Record<keyof GroupOptions, string>;

export const supervisordKeys: Keys = {
  environment: 'environment',
  identifier: 'identifier',
  stripAnsi: 'strip_ansi',
  shutdownOrder: 'shutdown_order',
  shutdownTimeoutSeconds: 'shutdown_timeout',
} satisfies Record<keyof OptionsOfSupervisord, string>;
