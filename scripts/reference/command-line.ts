import { spellings } from '../../packages/config/src/command-line/help.ts';
import { supervisordCommandLine } from '../../packages/config/src/index.ts';
import type { CommandLineOption } from '../../packages/config/src/index.ts';
import { options as tsvctlOptions } from '../../packages/ctl/src/command-line-options.ts';
import type { Command } from '../../packages/ctl/src/commands/command.ts';
import { commands } from '../../packages/ctl/src/commands/table.ts';
import { code, generated, page, table } from './markdown.ts';

/** docs/reference/command-line.md: the options of both programs, and the actions of tsvctl. */
export function commandLinePage(): string {
  return page(
    '# The command lines',
    generated,
    '## tsvd',
    'They are supervisord’s; a long option may be cut short as long as it is clear.',
    optionTable(supervisordCommandLine),
    '## tsvctl',
    'Options come before the action; without an action it is a shell.',
    optionTable(tsvctlOptions),
    '## Actions of tsvctl',
    table(['action', 'does', 'of'], commands.flatMap(actionRows)),
  );
}

function optionTable(options: readonly CommandLineOption[]): readonly string[] {
  return table(
    ['option', 'meaning', 'of'],
    options.map(({ argument, doc, isOwn, ...option }) => [
      spellings({ doc, ...option })
        .map((form) => code(argument === undefined ? form : `${form} ${argument}`))
        .join(', '),
      doc,
      origin(isOwn),
    ]),
  );
}

const origin = (isOwn: boolean | undefined): string => (isOwn === true ? 'tsvisor' : 'supervisord');

function actionRows({ name, help, additions = [], isHidden }: Command): string[][] {
  const rows: string[][] = [];
  for (const line of help) {
    const [syntax = '', ...rest] = line.split(/\s*\t+/);
    const meaning = rest.join(' ').replaceAll('*', '').trim();
    const last = rows.at(-1);
    // A line that begins with tabs goes on with the form before it.
    if (syntax === '' && last !== undefined) last[1] = `${last[1]} ${meaning}`.trim();
    else if (meaning !== '') rows.push([code(syntax), meaning, origin(isHidden)]);
  }
  return [
    ...rows,
    ...additions.map(({ syntax, text }) => [code(`${name} ${syntax}`), text, 'tsvisor']),
  ];
}
