import type { CommandLineOption } from './option.ts';

/** The ways to write an option: `-c`, `--configuration`. */
export function spellings({ short = '', long }: CommandLineOption): string[] {
  const letters = Array.from(short, (letter) => `-${letter}`);
  return long === undefined ? letters : [...letters, `--${long}`];
}

/** What `-h` shows of the options, a line for each, with what they mean in one column. */
export function optionLines(options: readonly CommandLineOption[], width = 0): string[] {
  const forms = options.map(shownForm);
  const column = Math.max(width, ...forms.map((form) => form.length));
  return options.map(({ doc }, index) => `  ${forms[index]!.padEnd(column)}  ${doc}`);
}

function shownForm(option: CommandLineOption): string {
  const forms = spellings(option).join(', ');
  return option.argument === undefined ? forms : `${forms} ${option.argument}`;
}
