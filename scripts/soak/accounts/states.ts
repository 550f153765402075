import type { EventSeen } from './listener-ledger.ts';

/** What may follow what: docs/design/detailed-operation.md. */
const followers: Readonly<Record<string, readonly string[]>> = {
  STOPPED: ['STARTING'],
  STARTING: ['RUNNING', 'BACKOFF', 'STOPPING'],
  RUNNING: ['EXITED', 'STOPPING'],
  BACKOFF: ['STARTING', 'STOPPED', 'FATAL'],
  STOPPING: ['STOPPED'],
  EXITED: ['STARTING'],
  FATAL: ['STARTING'],
};

/**
 * Follows each process from event to event, and tells where one does not begin where the one before
 * has ended. A start of the daemon, of which the numbers of the pool tell, and a group that is added
 * begin with processes that are STOPPED.
 */
export function judgeStates(events: readonly EventSeen[]): string[] {
  const wrong: string[] = [];
  const states = new Map<string, Map<string, string>>();
  let numberBefore = -1;
  for (const { serial, poolserial, name, data } of events) {
    if (poolserial < numberBefore) states.clear();
    numberBefore = poolserial;
    const fields = new Map(
      data
        .trim()
        .split(' ')
        .map((word) => word.split(':') as [string, string]),
    );
    const group = fields.get('groupname') ?? '';
    if (name === 'PROCESS_GROUP_ADDED' || name === 'PROCESS_GROUP_REMOVED') states.delete(group);
    if (!name.startsWith('PROCESS_STATE_')) continue;
    const to = name.slice('PROCESS_STATE_'.length);
    const ofGroup = states.get(group) ?? new Map<string, string>();
    const process = fields.get('processname') ?? '';
    const from = fields.get('from_state') ?? '';
    const known = ofGroup.get(process) ?? 'STOPPED';
    if (from !== known || !(followers[from] ?? []).includes(to)) {
      wrong.push(`event ${serial}: ${group}:${process} ${from} to ${to}, and it was ${known}`);
    }
    states.set(group, ofGroup.set(process, to));
  }
  return wrong;
}
