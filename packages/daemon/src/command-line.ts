import {
  optionLines,
  parseCommandLine,
  supervisordCommandLine,
  type SupervisordCommandLine,
  type SupervisordOverrides,
  type Surroundings,
} from '@tsvisor/config';

/** What the command line asks for. */
export interface Invocation {
  readonly action: 'run' | 'help' | 'version' | 'print-config' | 'check-config';
  /** `-c`, as it was given; undefined: the usual places are searched. */
  readonly configPath: string | undefined;
  readonly overrides: SupervisordOverrides;
}

/** @throws {UsageError} in the words of supervisord */
export function readInvocation(words: readonly string[], surroundings: Surroundings): Invocation {
  const { values, last } = parseCommandLine<SupervisordCommandLine>(words, supervisordCommandLine, {
    ...surroundings,
    takesWords: false,
  });
  const { path, printConfig, checkConfig, profileOptions: _ignored, ...overrides } = values;
  return { action: actionOf(last, printConfig, checkConfig), configPath: path, overrides };
}

function actionOf(
  last: string | undefined,
  printConfig: true | undefined,
  checkConfig: true | undefined,
): Invocation['action'] {
  if (last === 'help' || last === 'version') return last;
  if (checkConfig) return 'check-config';
  return printConfig ? 'print-config' : 'run';
}

/** What `-h` shows. */
export function helpText(programName: string): string {
  return [
    'supervisord -- runs programs, keeps them running, and takes orders about them.',
    '',
    `Usage: ${programName} [options]`,
    '',
    'Options win over the configuration file.',
    '',
    ...optionLines(supervisordCommandLine),
    '',
    '',
  ].join('\n');
}
