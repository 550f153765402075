import { isUtf8 } from 'node:buffer';

import { bytesLiteral } from './bytes-literal.ts';
import type { OutputEvent, ProcessStateEvent, SupervisorEvent } from './types.ts';

/** The payload of an event, byte for byte as supervisord words it (events.md §3). */
export function payloadOf(event: SupervisorEvent): Buffer {
  switch (event.type) {
    case 'PROCESS_STATE_STARTING':
    case 'PROCESS_STATE_BACKOFF':
      return Buffer.from(`${stateChange(event)} tries:${event.tries}`);
    case 'PROCESS_STATE_RUNNING':
    case 'PROCESS_STATE_STOPPING':
    case 'PROCESS_STATE_STOPPED':
      return Buffer.from(`${stateChange(event)} pid:${event.pid}`);
    case 'PROCESS_STATE_EXITED':
      return Buffer.from(
        `${stateChange(event)} expected:${event.expected ? 1 : 0} pid:${event.pid}`,
      );
    case 'PROCESS_STATE_FATAL':
    case 'PROCESS_STATE_UNKNOWN':
      return Buffer.from(stateChange(event));
    case 'PROCESS_LOG_STDOUT':
    case 'PROCESS_LOG_STDERR':
      return outputPayload(event, ` channel:${event.channel}`);
    case 'PROCESS_COMMUNICATION_STDOUT':
    case 'PROCESS_COMMUNICATION_STDERR':
      return outputPayload(event, '');
    case 'REMOTE_COMMUNICATION':
      return Buffer.from(`type:${event.kind}\n${event.data}`);
    case 'SUPERVISOR_STATE_CHANGE_RUNNING':
    case 'SUPERVISOR_STATE_CHANGE_STOPPING':
      return Buffer.alloc(0);
    case 'TICK_5':
    case 'TICK_60':
    case 'TICK_3600':
      return Buffer.from(`when:${event.when}`);
    case 'PROCESS_GROUP_ADDED':
    case 'PROCESS_GROUP_REMOVED':
      return Buffer.from(`groupname:${event.group}\n`);
  }
}

function stateChange({ process, from }: ProcessStateEvent): string {
  return `processname:${process.name} groupname:${process.group} from_state:${from}`;
}

function outputPayload({ process, pid, data }: OutputEvent, more: string): Buffer {
  const head = Buffer.from(
    `processname:${process.name} groupname:${process.group} pid:${pid}${more}\n`,
  );
  return Buffer.concat([head, asText(data)]);
}

/** A character cut by the end of a read makes both its halves undecodable, as upstream. */
function asText(data: Buffer): Buffer {
  return isUtf8(data) ? data : Buffer.from(`Undecodable: ${bytesLiteral(data)}`);
}
