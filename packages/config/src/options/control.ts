import type { ControlConfig } from '../types.ts';
import { readAbsolute } from '../values/paths.ts';
import { text } from '../values/plain.ts';
import type { ValueType } from '../values/type.ts';
import { controlServerUrl } from '../values/url.ts';
import type { OptionTable } from './table.ts';

const optionalPath: ValueType<string | null> = {
  name: 'path',
  read: (given, world) => (given === '' ? null : readAbsolute(given, world)),
};

/** `[supervisorctl]` */
export const controlOptions = {
  serverurl: {
    to: 'serverUrl',
    type: controlServerUrl,
    default: 'http://localhost:9001',
    doc: 'The daemon to talk to: `unix:///path` or `http://host:port`.',
  },
  prompt: {
    to: 'prompt',
    type: text,
    default: 'supervisor',
    doc: 'What the shell shows before each command.',
  },
  username: {
    to: 'username',
    type: text,
    default: null,
    doc: 'The name to give to the daemon.',
  },
  password: {
    to: 'password',
    type: text,
    default: null,
    doc: 'The password to give to the daemon, in clear text.',
  },
  history_file: {
    to: 'historyFile',
    type: optionalPath,
    default: null,
    doc: 'Where the shell keeps its history between sessions.',
  },
} satisfies OptionTable<ControlConfig>;
