/** A process as a user names it; process null: the whole group. */
export interface ProcessName {
  readonly group: string;
  readonly process: string | null;
}

/** Reads `name`, `group:name`, `group:*` or `group:`; only the first colon separates. */
export function parseName(text: string): ProcessName {
  const colon = text.indexOf(':');
  if (colon < 0) return { group: text, process: text };
  const process = text.slice(colon + 1);
  return {
    group: text.slice(0, colon),
    process: process === '' || process === '*' ? null : process,
  };
}

/** `name` where group and process have the same name, else `group:name`. */
export function displayName(group: string, process: string | null): string {
  // `clear g:*` has always answered for "g:None", and scripts may look for it.
  return group === process ? group : `${group}:${process ?? 'None'}`;
}

/** The words of an argument string. */
export function words(argument: string): string[] {
  return argument.split(/\s+/).filter((word) => word !== '');
}

/** The display name of what the daemon tells about a process. */
export function nameOf(info: { readonly group: string; readonly name: string }): string {
  return displayName(info.group, info.name);
}
