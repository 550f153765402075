import { spellings, type CommandLineOption } from '@tsvisor/config';

import type { Command } from '../commands/command.ts';

/** What a manual page is made of. */
export interface ManualPage {
  readonly name: string;
  readonly section: number;
  readonly summary: string;
  readonly synopsis: string;
  readonly description: readonly string[];
  readonly options: readonly CommandLineOption[];
  readonly commands?: readonly Command[];
  readonly more?: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  readonly exitStatuses?: readonly (readonly [status: string, meaning: string])[];
  readonly environment?: readonly (readonly [name: string, meaning: string])[];
  readonly seeAlso?: readonly string[];
}

/** The page as man(7) source. */
export function manualPage(page: ManualPage): string {
  const sections = [
    `.TH ${page.name.toUpperCase()} ${page.section}`,
    section('NAME', [`${text(page.name)} \\- ${text(page.summary)}`]),
    section('SYNOPSIS', [`.B ${text(page.name)}`, text(page.synopsis)]),
    section(
      'DESCRIPTION',
      page.description.flatMap((paragraph) => ['.PP', text(paragraph)]),
    ),
    section('OPTIONS', page.options.flatMap(optionEntry)),
    section('ACTIONS', (page.commands ?? []).flatMap(commandEntry)),
    ...(page.more ?? []).map(({ title, paragraphs }) =>
      section(title, paragraphs.flatMap(paragraph)),
    ),
    section('EXIT STATUS', (page.exitStatuses ?? []).flatMap(entry)),
    section('ENVIRONMENT', (page.environment ?? []).flatMap(entry)),
    section('SEE ALSO', page.seeAlso === undefined ? [] : [text(page.seeAlso.join(', '))]),
  ];
  return `${sections.filter((each) => each !== '').join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`.SH ${title}`, ...lines].join('\n');
}

function paragraph(plain: string): string[] {
  return ['.PP', text(plain)];
}

function entry([term, meaning]: readonly [string, string]): string[] {
  return ['.TP', `.B ${text(term)}`, text(meaning)];
}

function optionEntry(option: CommandLineOption): string[] {
  const argument = option.argument === undefined ? '' : ` ${option.argument}`;
  return entry([
    spellings(option)
      .map((form) => form + argument)
      .join(', '),
    option.doc,
  ]);
}

function commandEntry(command: Command): string[] {
  const forms = command.help.flatMap((line) => {
    const [syntax = '', ...rest] = line.split(/\s*\t+/);
    const meaning = rest.join(' ').trim();
    if (line.trim() === '') return [];
    // A line that begins with tabs goes on with the form before it; one without is a remark.
    if (syntax === '') return [text(meaning)];
    return meaning === '' ? ['.PP', text(syntax)] : entry([syntax, meaning]);
  });
  const additions = (command.additions ?? []).flatMap((each) =>
    entry([`${command.name} ${each.syntax}`, each.text]),
  );
  return [`.SS ${text(command.name)}`, ...forms, ...additions];
}

/** Text with what roff would take for its own made harmless. */
function text(plain: string): string {
  const escaped = plain.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return escaped.replaceAll(/^([.'])/gm, '\\&$1');
}
