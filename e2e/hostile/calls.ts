import type { Random } from '../../fuzz/random.ts';
// Calls that are well-formed and make no sense.
import { asked } from './kind.ts';
import type { Attempt, Kind } from './kind.ts';
import { methodCall, post } from './wire.ts';

/** All but those that end the daemon or its log. */
const methods = [
  'getAPIVersion addProcessGroup removeProcessGroup clearAllProcessLogs clearProcessLogs',
  'getAllConfigInfo getAllProcessInfo getIdentification getPID getProcessInfo getState',
  'readLog readProcessStderrLog readProcessStdoutLog reloadConfig sendProcessStdin',
  'sendRemoteCommEvent signalAllProcesses signalProcess signalProcessGroup startAllProcesses',
  'startProcess startProcessGroup stopProcess stopProcessGroup tailProcessLog',
  'tailProcessStderrLog tailProcessStdoutLog getVersion readProcessLog getSupervisorVersion',
].flatMap((line) => line.split(' ').map((name) => `supervisor.${name}`));

const system = ['listMethods', 'methodHelp', 'methodSignature', 'multicall'].map(
  (name) => `system.${name}`,
);

const texts = [
  '',
  'cat',
  'cat:cat',
  'cat:*',
  'cat:',
  ':',
  '::::',
  '*',
  'all',
  '__proto__',
  'constructor:prototype',
  '../../etc/passwd',
  'a\nb',
  '%(here)s %s',
  '\ufffd',
  '\u{1f600}',
  'x'.repeat(10_000),
];

const values: readonly ((random: Random, depth: number) => string)[] = [
  (random) => `<string>${random.pick(texts)}</string>`,
  (random) => random.pick(texts),
  (random) => `<int>${random.pick(['0', '-1', '1', '2147483648', '-9007199254740993'])}</int>`,
  (random) => `<int>${'9'.repeat(random.between(10, 400))}</int>`,
  (random) => `<double>${random.pick(['nan', 'inf', '-inf', '1e308', '-0.0', '0.5'])}</double>`,
  (random) => `<boolean>${random.pick(['0', '1', '2', 'true', ''])}</boolean>`,
  () => '<dateTime.iso8601>20200101T00:00:00</dateTime.iso8601>',
  () => '<base64>Y2F0</base64>',
  () => '<nil/>',
  (random) => `<i8>${random.int(1000)}</i8>`,
  (random, depth) =>
    `<array><data>${depth > 4 ? '' : `<value>${value(random, depth + 1)}</value>`.repeat(random.int(4))}</data></array>`,
  (random, depth) =>
    `<struct>${['methodName', 'params', '__proto__', 'toString']
      .slice(0, depth > 4 ? 0 : random.int(5))
      .map(
        (name) => `<member><name>${name}</name><value>${value(random, depth + 1)}</value></member>`,
      )
      .join('')}</struct>`,
];

const value = (random: Random, depth = 0): string => random.pick(values)(random, depth);

function parameters(random: Random, most: number): string[] {
  return Array.from({ length: random.int(most + 1) }, () => value(random));
}

const notCalled = /^(?:200|500|fault (?:1|2|3|4|6|10|11|20|21|30|40|50|60|70|90|91|92))$/;

const array = (items: readonly string[]): string =>
  `<array><data>${items.map((item) => `<value>${item}</value>`).join('')}</data></array>`;

const struct = (name: string, params: string): string =>
  `<struct><member><name>methodName</name><value>${name}</value></member>` +
  `<member><name>params</name><value>${params}</value></member></struct>`;

function oddCall(random: Random): string {
  if (random.int(4) === 0) return value(random);
  const name = random.pick([...methods, ...system, value(random)]);
  return struct(name, random.pick([value(random), array(parameters(random, 2))]));
}

function multicall(random: Random): Attempt {
  const list = Array.from({ length: random.int(6) }, () => oddCall(random));
  return asked(post(methodCall('system.multicall', array(list))), notCalled);
}

const fixed: readonly (readonly [call: string, expected: string])[] = [
  [methodCall('supervisor.getPID', '1'), 'fault 2'],
  [methodCall('supervisor.startProcess'), 'fault 2'],
  [methodCall('supervisor.startProcess', 'cat', '1', '1'), 'fault 2'],
  [methodCall('supervisor.getProcessInfo', 'nobody'), 'fault 10'],
  [methodCall('supervisor.getProcessInfo', 'x'.repeat(1_000_000)), 'fault 10'],
  [methodCall('supervisor.getProcessInfo', '<int>1</int>'), '500'],
  [methodCall('supervisor.addProcessGroup', '<int>1</int>'), 'fault 10'],
  [methodCall('supervisor.addProcessGroup', 'steady'), 'fault 90'],
  [methodCall('supervisor.removeProcessGroup', '__proto__'), 'fault 10'],
  [methodCall('supervisor.readLog', '<int>-1</int>', '<int>5</int>'), 'fault 3'],
  [methodCall('supervisor.readLog', 'abc', 'def'), '500'],
  [methodCall('supervisor.readLog', '<nil/>', '<int>0</int>'), 'fault 2'],
  [methodCall('supervisor.sendProcessStdin', 'cat', '<int>1</int>'), 'fault 2'],
  [methodCall('supervisor'), 'fault 1'],
  [methodCall('supervisor.getPID '), 'fault 1'],
  [methodCall('Supervisor.getPID'), 'fault 1'],
  [methodCall('system.methodHelp', 'nothing'), 'fault 4'],
  [methodCall('system.multicall', '<int>1</int>'), 'fault 2'],
  [methodCall('system.multicall', '<array><data><value>1</value></data></array>'), '500'],
  [
    methodCall(
      'system.multicall',
      `<array><data>${'<value>1</value>'.repeat(10_001)}</data></array>`,
    ),
    '400',
  ],
];

export const calls: readonly Kind[] = [
  {
    name: 'a call has odd parameters',
    // supervisord answers 500 where it trips over a type; so do we.
    attempt: (random) =>
      asked(
        post(methodCall(random.pick([...methods, ...system]), ...parameters(random, 4))),
        notCalled,
      ),
  },
  { name: 'a multicall is of odd calls', attempt: multicall },
  {
    name: 'a call cannot be done',
    attempt(random) {
      const [call, expected] = random.pick(fixed);
      return asked(post(call), expected);
    },
  },
];
