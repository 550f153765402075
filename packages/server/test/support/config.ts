import type { Config, GroupConfig, ProcessConfig } from '@tsvisor/core';
import * as testing from '@tsvisor/core/testing';

export { channel, group, inetServer, unixServer } from '@tsvisor/core/testing';

/** A program that waits to be started. */
export const program = (name: string, change: Partial<ProcessConfig> = {}): ProcessConfig =>
  testing.program(name, { autostart: false, ...change });

/** Such a program in the group of its own name. */
export const single = (name: string, change: Partial<ProcessConfig> = {}): GroupConfig =>
  testing.single(name, { autostart: false, ...change });

export const config = (groups: readonly GroupConfig[]): Config =>
  testing.config(groups, { logfile: '/nonexistent/main.log' });
