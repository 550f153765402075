import { namespecText } from '@tsvisor/core';
import type { Process, ProcessState, Supervisor, SupervisorState } from '@tsvisor/core';
import { isReady } from '@tsvisor/rpc';

export interface Readiness {
  readonly isReady: boolean;
  readonly state: SupervisorState;
  /** Those that were asked for, or that are due to run by themselves. */
  readonly programs: readonly ProgramReadiness[];
}

export interface ProgramReadiness {
  /** Its namespec. */
  readonly program: string;
  readonly isReady: boolean;
  readonly state: ProcessState;
  /** What more there is to say of one that is not ready. */
  readonly why: string | null;
}

/**
 * Whether all that is due to run does so, or has done what it had to do; never while the daemon
 * stops. Due are the programs with autostart, or those that `asked` names.
 */
export function readinessOf(
  { groups, state }: Pick<Supervisor, 'groups' | 'state'>,
  asked: readonly Process[] | null,
): Readiness {
  const due =
    asked ?? groups.flatMap(({ processes }) => processes.filter(({ config }) => config.autostart));
  const programs = due.map(programReadiness);
  return {
    isReady: state === 'RUNNING' && programs.every((program) => program.isReady),
    state,
    programs,
  };
}

function programReadiness(process: Process): ProgramReadiness {
  const { state, facts, config, group, name } = process;
  const seen = { statename: state, exitstatus: facts.exitStatus ?? 0 };
  const meant = { autorestart: config.autorestart, exitcodes: config.exitCodes };
  const ready = isReady(seen, meant);
  return {
    program: namespecText(group, name),
    isReady: ready,
    state,
    why: ready ? null : reasonOf(process),
  };
}

function reasonOf({ state, facts }: Process): string | null {
  if (facts.spawnError !== null) return facts.spawnError;
  switch (state) {
    case 'STOPPED':
      return facts.startedAt === 0 ? 'not started yet' : 'was stopped';
    case 'EXITED':
    case 'BACKOFF':
    case 'FATAL':
      return endOf(facts);
    case 'STARTING':
    case 'RUNNING':
    case 'STOPPING':
    case 'UNKNOWN':
      return null;
  }
}

function endOf({ exitStatus, endedBy }: Process['facts']): string | null {
  if (endedBy !== null) return `ended by signal ${endedBy}`;
  return exitStatus === null ? null : `exit status ${exitStatus}`;
}
