import { commands, findCommand } from './commands/table.ts';
import type { Plugin } from './plugins.ts';
import { groupNames, processNames } from './process-names.ts';
import type { ProcessInfo } from './remote.ts';

/** What may stand in the place of the last word of a line, each with the blank that follows it. */
export async function completions(
  line: string,
  infos: () => Promise<readonly ProcessInfo[]>,
  plugins: readonly Plugin[] = [],
): Promise<string[]> {
  const word = /\S*$/.exec(line)?.[0] ?? '';
  const action = /^\s*(\S+)\s/.exec(line)?.[1];
  const candidates = await offer(action, word, infos, plugins);
  return candidates.filter((each) => each.startsWith(word)).map((each) => `${each} `);
}

async function offer(
  action: string | undefined,
  word: string,
  infos: () => Promise<readonly ProcessInfo[]>,
  plugins: readonly Plugin[],
): Promise<string[]> {
  if (action === undefined) return actionNames(plugins);
  const command = findCommand(action, plugins);
  const own = (command?.additions ?? []).map((each) => each.syntax.replace(/[[=].*/, ''));
  if (word.startsWith('-')) return own;
  switch (command?.completes) {
    case 'actions':
      return actionNames(plugins);
    case 'groups':
      return groupNames(await infos());
    case 'processes':
      return processNames(await infos(), word.includes(':'));
    case undefined:
      return [];
  }
}

function actionNames(plugins: readonly Plugin[]): string[] {
  const all = [...commands, ...plugins.flatMap((plugin) => plugin.commands)];
  const listed = all.filter((command) => !command.isHidden);
  return ['help', ...listed.map((command) => command.name)];
}
