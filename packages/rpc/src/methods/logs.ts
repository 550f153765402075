/** supervisor.*: the logs of processes. */
import { integer, method, returns, text } from './define.ts';
import type { Method, Param } from './define.ts';
import type { ProcessStatus, TailResult } from './results.ts';

const processName = text('name', 'The process: name, or group:name.');

type Slice<R> = Method<readonly [Param<string>, Param<number>, Param<number>], R>;

const read = (channel: string): Slice<string> =>
  method({
    doc:
      `Reads from the ${channel} log of a process. A negative offset with length 0 takes the last ` +
      'bytes, an offset with length 0 everything from there on.',
    changes: false,
    params: [
      processName,
      integer('offset', 'Where to start, in bytes; negative counts from the end.'),
      integer('length', 'How many bytes to read; 0 reads to the end.'),
    ],
    returns: returns<string>('string', 'result', 'The text.'),
    faults: ['BAD_NAME', 'NO_FILE', 'BAD_ARGUMENTS', 'FAILED'],
  });

const tail = (channel: string): Slice<TailResult> =>
  method({
    doc:
      `Follows the ${channel} log of a process: reads its last bytes and tells its size, to be ` +
      'the offset of the next call. Without a log the text is empty.',
    changes: false,
    params: [
      processName,
      integer('offset', 'The size told by the call before, in bytes; 0 at first.'),
      integer('length', 'How many bytes to read at most.'),
    ],
    returns: returns<TailResult>(
      'array',
      'result',
      'The text, the size of the log, and whether there was more than fits the length.',
    ),
    faults: ['BAD_NAME'],
  });

export const logMethods = {
  readProcessStdoutLog: read('stdout'),
  readProcessStderrLog: read('stderr'),
  tailProcessStdoutLog: tail('stdout'),
  tailProcessStderrLog: tail('stderr'),
  clearProcessLogs: method({
    doc: 'Empties the logs of a process.',
    changes: true,
    params: [processName],
    returns: returns<boolean>('boolean', 'result', 'Always true; what goes wrong is a fault.'),
    faults: ['BAD_NAME', 'FAILED'],
  }),
  clearAllProcessLogs: method({
    doc: 'Empties the logs of all processes.',
    changes: true,
    params: [],
    returns: returns<readonly ProcessStatus[]>(
      'array',
      'result',
      'A struct of name, group, status, description per process.',
    ),
  }),
};
