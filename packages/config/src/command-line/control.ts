import type { ControlOverrides } from '../read-config.ts';
import { url } from '../values/url.ts';
import type { CommandLineOption } from './option.ts';

/** What tsvctl can be told before its action. */
export interface ControlCommandLine extends ControlOverrides {
  readonly path: string;
  readonly interactive: true;
  /** Accepted, and of no effect: only the file's counts. */
  readonly historyFile: string;
}

/** The command line of tsvctl. */
export const controlCommandLine: readonly CommandLineOption[] = [
  {
    to: 'path',
    short: 'c',
    long: 'configuration',
    argument: 'FILE',
    doc: 'read this configuration; otherwise the usual places are searched',
  },
  { to: 'help', short: 'h?', long: 'help', isLast: true, doc: 'show this help and exit' },
  {
    to: 'interactive',
    short: 'i',
    long: 'interactive',
    doc: 'ask before a shutdown or a reload, as at the prompt',
  },
  {
    to: 'serverUrl',
    short: 's',
    long: 'serverurl',
    argument: 'URL',
    type: url,
    doc: 'http://HOST:PORT, https://HOST:PORT or unix:///PATH of the daemon (http://localhost:9001)',
  },
  {
    to: 'username',
    short: 'u',
    long: 'username',
    argument: 'NAME',
    doc: 'the name to give to the daemon',
  },
  {
    to: 'password',
    short: 'p',
    long: 'password',
    argument: 'TEXT',
    doc: 'the password to give to the daemon',
  },
  {
    to: 'historyFile',
    short: 'r',
    long: 'history_file',
    argument: 'FILE',
    doc: 'accepted for the sake of old command lines; see history_file=',
  },
];
