import { payloadOf } from './payload.ts';
import type { ResultHandler } from './result-handlers.ts';
import type { SupervisorEvent } from './types.ts';

const LF = 0x0a;
/** What Python's `splitlines` takes for the end of a line, as far as programs write it. */
const LINE_ENDS = /\r\n|[\n\v\f\r]/;

/**
 * `supervisor_stdout:event_handler`: prints each line of a program's output with the program's
 * name, `NAME CHANNEL | LINE`. The result is the payload of the event, which the listener sends
 * back; one that is something else is an error, which ends the listener's events.
 */
export function printOutput(print: (lines: Buffer) => void): ResultHandler {
  return (event, result) => {
    const lines = namedLines(event, result);
    if (lines !== '') print(Buffer.from(lines, 'latin1'));
  };
}

function namedLines(event: SupervisorEvent, result: Buffer): string {
  const headEnd = result.indexOf(LF);
  const head = result.toString('latin1', 0, Math.max(headEnd, 0));
  const name = /(?:^|\s)processname:(\S+)/.exec(head)?.[1];
  const channel = /(?:^|\s)channel:(\S+)/.exec(head)?.[1];
  if (name === undefined || channel === undefined) {
    throw new Error(`the result is not the output of a program, but ${event.type}`);
  }
  const prefix = `${name} ${channel} | `;
  const lines = outputIn(event, result, headEnd).toString('latin1').split(LINE_ENDS);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => `${prefix}${line}\n`).join('');
}

/** The output as it was: a payload cannot carry all bytes, and words what it cannot. */
function outputIn(event: SupervisorEvent, result: Buffer, headEnd: number): Buffer {
  const isEcho = 'data' in event && event.type !== 'REMOTE_COMMUNICATION';
  return isEcho && result.equals(payloadOf(event)) ? event.data : result.subarray(headEnd + 1);
}
