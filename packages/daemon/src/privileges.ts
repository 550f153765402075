import type { UserId } from '@tsvisor/config';

import { StartError } from './errors.ts';

/** The credentials of this process: the real ones, or a test's. */
export interface Credentials {
  uid(): number;
  /** Becomes that user for good, with the groups of the user; an error tells the `syscall` that was refused. */
  become(user: UserId): void;
}

/** Lines for the main log. */
export interface PrivilegeLines {
  readonly critical: readonly string[];
  readonly info: readonly string[];
}

const runningAsRoot =
  'Supervisor is running as root.  Privileges were not dropped because no user is specified in the config file.  If you intend to run as root, you can set user=root in the config file to avoid this message.';

const refusals: Readonly<Record<string, string>> = {
  setgroups: 'Could not set groups of effective user',
  setgid: 'Could not set group id of effective user',
  setuid: 'Could not set user id of effective user',
};

/**
 * Becomes the user that `user=` names.
 *
 * @throws {StartError} with supervisord's texts (daemon.md §4)
 */
export function dropPrivileges(user: UserId | null, credentials: Credentials): PrivilegeLines {
  if (user === null) return { critical: credentials.uid() === 0 ? [runningAsRoot] : [], info: [] };
  if (user.uid !== credentials.uid()) become(user, credentials);
  return { critical: [], info: [`Set uid to user ${user.uid} succeeded`] };
}

function become(user: UserId, credentials: Credentials): void {
  if (credentials.uid() !== 0) throw new StartError("Can't drop privilege as nonroot user");
  try {
    credentials.become(user);
  } catch (cause) {
    const text = refusals[(cause as { syscall?: string }).syscall ?? ''];
    throw text === undefined ? cause : new StartError(text, { cause });
  }
}
