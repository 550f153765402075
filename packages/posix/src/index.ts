// The kernel and the C library, as far as a process supervisor needs them. Linux only.

// children
export { setChildNofile, spawn } from './spawn.ts';
export type { Spawned, SpawnRequest } from './spawn.ts';
export { waitAny, waitFor } from './wait.ts';
export type { Reaped } from './wait.ts';
export { leftovers } from './leftovers.ts';
export type { Leftover } from './leftovers.ts';
export { processTable } from './process-table.ts';
export type { ProcessEntry } from './process-table.ts';

// descriptors
export { openPipe, setPipeSize } from './pipes.ts';
export type { Pipe } from './pipes.ts';
export { dup2, sealInheritedFds, setNonBlocking } from './descriptors.ts';
export { readNow } from './read-now.ts';
export { sendNow } from './send.ts';
export { listenTcp, listenUnix } from './listen.ts';
export type { UnixListenOptions } from './listen.ts';

// users and groups
export { groupById, groupByName, groupsOf, userById, userByName } from './accounts.ts';
export type { Group, User } from './account-files.ts';
export { dropPrivileges, identityOf } from './credentials.ts';
export type { Identity, UserRequest } from './credentials.ts';

// this process
export { exitNow, kill, setSubreaper } from './this-process.ts';
export { giveBackFreeMemory, keepLittleFreeMemory } from './memory.ts';
export { getLimit, setLimit } from './limits.ts';
export type { Limit, LimitName } from './limits.ts';
export { launchVariables, takeInheritedNofile, takeLaunch } from './launch.ts';
export type { Launch } from './launch.ts';
export { openSyslog, syslog } from './syslog.ts';
export { resolveLocale } from './locale.ts';

// failures
export { errnoName, strerror, SystemCallError } from './errno.ts';
