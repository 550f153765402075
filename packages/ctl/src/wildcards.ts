import { nameOf } from './names.ts';
import type { Session } from './session.ts';

/**
 * Replaces each pattern (`web*`, `db:?`, `[ab]*`) by the names of the processes that match it,
 * each once. A name that some process or group really has is left alone, and so is a pattern
 * that matches nothing: the command then says that there is no such process.
 */
export async function matchProcesses(
  session: Session,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.includes('all') || !names.some(isPattern)) return names;
  const infos = await session.call('getAllProcessInfo');
  const groups = unique(infos.map((info) => info.group));
  return unique(names.flatMap((name) => expand(name, infos.map(nameOf), groups)));
}

/** The same for names of groups. */
export function matchGroups(names: readonly string[], groups: readonly string[]): string[] {
  return unique(names.flatMap((name) => (isPattern(name) ? matching(name, groups) : [name])));
}

/**
 * Whether a name can only be meant as a pattern. The plain `group:*` is none, and neither is `*`
 * or `*:*`: to mean everything there is `all`, and what is no more than a slip stays an error.
 */
export function isPattern(name: string): boolean {
  const own = name.endsWith(':*') ? name.slice(0, -2) : name;
  return /[*?[]/.test(own) && /[^*?:]/.test(own);
}

function expand(name: string, processes: readonly string[], groups: readonly string[]): string[] {
  if (!isPattern(name)) return [name];
  if (!name.endsWith(':*') && !name.endsWith(':')) return matching(name, processes);
  const group = name.slice(0, name.lastIndexOf(':'));
  return matching(group, groups).map((each) => `${each}:*`);
}

function matching(pattern: string, names: readonly string[]): string[] {
  if (names.includes(pattern)) return [pattern];
  const wanted = toRegExp(pattern);
  const found = names.filter((name) => wanted.test(name));
  return found.length > 0 ? found : [pattern];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** `*` any characters, `?` one, `[abc]`, `[a-z]` and `[!abc]` one of a set. */
function toRegExp(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const end = character === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (end > 0) {
      source += set(pattern.slice(at + 1, end));
      at = end;
    } else source += quoted(character);
  }
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    // A range like [z-a]: matches nothing.
    return /^(?!)/;
  }
}

function set(body: string): string {
  const negated = body.startsWith('!') || body.startsWith('^');
  const members = (negated ? body.slice(1) : body).replaceAll(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${members}]`;
}

function quoted(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
