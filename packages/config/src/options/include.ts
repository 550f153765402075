import { text } from '../values/plain.ts';
import type { OptionTable } from './table.ts';

/** `[include]` of the main file. */
export const includeOptions = {
  files: {
    to: 'files',
    type: text,
    default: null,
    defaultDoc: 'required',
    calledInMessages: 'include.files',
    doc: 'Patterns of files to read after this one, separated by blanks.',
    check: (files) =>
      files === null ? '.ini file has [include] section, but no files setting' : undefined,
  },
} satisfies OptionTable<{ readonly files: string }>;
