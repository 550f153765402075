import { signalName } from '@tsvisor/config';

/** How a child ended. */
export interface ExitStatus {
  /** 0–255; -1 if it did not exit by itself. */
  readonly code: number;
  /** `exit status 3`, `terminated by SIGKILL` (process.md §7). */
  readonly text: string;
  readonly signal: number | null;
}

const CORE_DUMPED = 0x80;

/** @param status as waitpid(2) gives it */
export function exitStatus(status: number): ExitStatus {
  const signal = status & 0x7f;
  if (signal === 0) {
    const code = (status >> 8) & 0xff;
    return { code, text: `exit status ${code}`, signal: null };
  }
  if (signal === 0x7f) {
    const shown = (status & 0xffff).toString(16).padStart(4, '0');
    return { code: -1, text: `unknown termination cause 0x${shown}`, signal: null };
  }
  const dumped = status & CORE_DUMPED ? ' (core dumped)' : '';
  return { code: -1, text: `terminated by ${signalName(signal)}${dumped}`, signal };
}
