/** tsvisor's own version: what `tsvd -v` prints. */
export const version = '0.1.0';

/**
 * What `supervisor.getSupervisorVersion` answers. Clients parse it as a version of Supervisor
 * (digits and dots) to learn which methods and fields they may expect, so it is the one whose behaviour
 * this daemon has, not our own.
 */
export const supervisorVersion = '4.4.0';
