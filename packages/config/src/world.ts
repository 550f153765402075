import type { Folders } from './glob.ts';

/** The accounts of the machine, as getpwnam(3), getpwuid(3), getgrnam(3), getgrgid(3) find them. */
export interface Accounts {
  userByName(name: string): Account | undefined;
  userById(uid: number): Account | undefined;
  groupByName(name: string): { readonly name: string; readonly gid: number } | undefined;
  groupById(gid: number): { readonly name: string; readonly gid: number } | undefined;
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** For `~name`, and for `~` when HOME is not set. */
  readonly home?: string;
}

/** Where options point to something loadable. */
export type PluginKind = 'rpcinterface' | 'ctlplugin' | 'result_handler';

/** true, or why it cannot be used. */
export type Resolvable = (kind: PluginKind, spec: string) => true | string;

/** The few questions that reading a configuration asks of a file system. */
export interface Files extends Folders {
  exists(path: string): boolean;
  isWritableDirectory(path: string): boolean;
  /** Throws if it cannot be read; `withoutWaiting` also for a pipe whose writers have nothing to say now. */
  read(path: string, withoutWaiting?: boolean): Uint8Array;
}

/** Told what a reading goes by, also one that fails, so that it can be told when that changes. */
export interface ReadingObserver {
  /** A file was read; undefined: it could not be. */
  file(path: string, content: Uint8Array | undefined): void;
  /** The absolute pattern of an include. */
  pattern(pattern: string): void;
}

/** Everything outside the file that its meaning depends on. */
export interface World {
  readonly files: Files;
  readonly accounts: Accounts;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly hostName: string;
  /** Of the process that reads. */
  readonly uid: number;
  readonly resolvable: Resolvable;
  readonly observer?: ReadingObserver | undefined;
}
