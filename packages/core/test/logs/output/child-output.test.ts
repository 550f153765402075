import { expect, test } from '@jest/globals';

import type { SupervisorEvent } from '../../../src/events/types.ts';
import { BEGIN_TOKEN, END_TOKEN } from '../../../src/logs/output/capture.ts';
import { ChildOutput } from '../../../src/logs/output/child-output.ts';
import type { ChildOutputOptions } from '../../../src/logs/output/child-output.ts';
import { logListenerOutput } from '../../../src/logs/output/listener-output.ts';

const B = BEGIN_TOKEN.toString();
const E = END_TOKEN.toString();

/** An output of which everything that happens is kept, in order. */
function output(options: {
  captureMaxBytes?: number;
  eventsEnabled?: boolean;
  debug?: boolean;
  strip?: boolean;
  channel?: 'stdout' | 'stderr';
}): { output: ChildOutput; happened: string[]; log: ChildOutputOptions['log'] } {
  const happened: string[] = [];
  const log = {
    backedUp: false,
    write(data: Buffer): boolean {
      happened.push(`log ${data.toString('latin1')}`);
      return !this.backedUp;
    },
  };
  const { captureMaxBytes = 0, eventsEnabled = false, debug = false, strip = false } = options;
  const child = new ChildOutput({
    process: { name: 'web', group: 'site' },
    pid: () => 42,
    channel: options.channel ?? 'stdout',
    config: { captureMaxBytes, eventsEnabled },
    log,
    logger: {
      passes: () => debug,
      log: (level, text) => {
        if (debug) happened.push(`${level} ${text}`);
      },
    },
    emit: (event) => happened.push(shown(event)),
    stripAnsi: () => strip,
  });
  return { output: child, happened, log };
}

function shown(event: SupervisorEvent): string {
  if (!('channel' in event)) return event.type;
  const { process, pid, channel, data } = event;
  return `${event.type} ${process.group}:${process.name} ${pid} ${channel} ${data.toString()}`;
}

test('a record goes to the log, to the main log and out as an event, in this order', () => {
  const { output: child, happened } = output({ debug: true, eventsEnabled: true });
  expect(child.write(Buffer.from('hé\n'))).toBe(true);
  expect(happened).toEqual([
    'log h\u00c3\u00a9\n',
    "debug 'web' stdout output:\nhé\n",
    'PROCESS_LOG_STDOUT site:web 42 stdout hé\n',
  ]);
});

test('stderr has its own events', () => {
  const { output: child, happened } = output({
    eventsEnabled: true,
    captureMaxBytes: 10,
    channel: 'stderr',
  });
  child.write(Buffer.from(`${B}x${E}`));
  expect(happened).toEqual([
    'PROCESS_LOG_STDERR site:web 42 stderr x',
    'PROCESS_COMMUNICATION_STDERR site:web 42 stderr x',
  ]);
});

test('what is not UTF-8 is a bytes literal in the main log, and itself everywhere else', () => {
  const { output: child, happened } = output({ debug: true });
  child.write(Buffer.of(0x65, 0xff, 0x0a));
  expect(happened).toEqual([
    'log e\u00ff\n',
    String.raw`debug 'web' stdout output:` + '\n' + String.raw`Undecodable: b'e\xff\n'`,
  ]);
});

test('the chunk may be used again after the call', () => {
  const { output: child, happened } = output({ captureMaxBytes: 100, eventsEnabled: true });
  const chunk = Buffer.from(`${B}abc`);
  child.write(chunk);
  chunk.fill('x');
  child.write(Buffer.from(`def${E}`));
  child.write(Buffer.from(' and some more output'));
  expect(happened).toContain('PROCESS_COMMUNICATION_STDOUT site:web 42 stdout abcdef');
});

test('what stands between the tokens makes an event and is not in the log', () => {
  const { output: child, happened } = output({ captureMaxBytes: 100, debug: true });
  child.write(Buffer.from(`before ${B}inside it${E} and after, just long enough`));
  expect(happened).toEqual([
    'log before ',
    "debug 'web' stdout output:\nbefore ",
    "debug 'web' stdout output:\ninside it",
    'PROCESS_COMMUNICATION_STDOUT site:web 42 stdout inside it',
    "debug 'web' stdout emitted a comm event",
    'log  and after, just long enough',
    "debug 'web' stdout output:\n and after, just long enough",
  ]);
});

test('at the end nothing that was held back or captured is lost', () => {
  const short = output({ captureMaxBytes: 100 });
  short.output.write(Buffer.from('hello\n'));
  expect(short.happened).toEqual([]);
  short.output.end();
  expect(short.happened).toEqual(['log hello\n']);
  const unfinished = output({ captureMaxBytes: 100 });
  unfinished.output.write(Buffer.from(`${B}a capture without an end`));
  unfinished.output.end();
  expect(unfinished.happened).toEqual(['log a capture without an end']);
});

test('without capture nothing is held back, and the tokens are output', () => {
  const { output: child, happened } = output({});
  child.write(Buffer.from('x'));
  child.write(Buffer.from(B));
  child.end();
  expect(happened).toEqual(['log x', `log ${B}`]);
});

test('control sequences are dropped from each record, before the log and from the event', () => {
  const { output: child, happened } = output({ strip: true, eventsEnabled: true });
  child.write(Buffer.from('\x1b[31mred\x1b[0m'));
  child.write(Buffer.from('\x1b[2J'));
  expect(happened).toEqual([
    'log red',
    'PROCESS_LOG_STDOUT site:web 42 stdout red',
    'log ',
    'PROCESS_LOG_STDOUT site:web 42 stdout ',
  ]);
});

test('a log that is backed up is passed on', () => {
  const { output: child, log } = output({});
  Object.assign(log, { backedUp: true });
  expect(child.write(Buffer.from('x'))).toBe(false);
});

test('stdout of an event listener is logged as a bytes literal, and stripped only for its file', () => {
  const happened: string[] = [];
  const written = logListenerOutput(Buffer.from('\x1b[mREADY\n'), {
    process: 'listener',
    log: {
      backedUp: false,
      write: (data) => happened.push(data.toString()) > 0,
    },
    logger: { passes: () => true, log: (level, text) => void happened.push(`${level} ${text}`) },
    stripAnsi: () => true,
  });
  expect(written).toBe(true);
  expect(happened).toEqual([
    'debug ' + "'listener' stdout output:\n" + String.raw`b'\x1b[mREADY\n'`,
    'READY\n',
  ]);
});
