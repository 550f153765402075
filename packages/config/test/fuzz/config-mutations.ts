import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Random } from '../../../../fuzz/random.ts';
import { configCases } from '../cases.ts';

const VALUES = [
  '',
  '0',
  '1',
  '-1',
  '+3',
  ' 7 ',
  '1_0',
  '007',
  '1.5',
  '99999999999999999999',
  'x',
  'true',
  'OFF',
  'unexpected',
  'none',
  'AUTO',
  'syslog',
  '/dev/null',
  '/nonexistent/x',
  '{dir}',
  '{dir}/x.log',
  '~',
  '~root/x',
  'TERM',
  'sigusr1',
  '64',
  '5KB',
  '1 MB',
  '1.5GB',
  'b',
  '022',
  '0o22',
  '9',
  '0,2',
  '0,',
  '256',
  'a,b',
  ',',
  '%(here)s',
  '%(program_name)s',
  '%(process_num)02d',
  '%(group_name)s',
  '%(host_node_name)s',
  '%(ENV_WORD)s',
  '%(ENV_NONE)s',
  '%',
  '%%',
  '%d',
  '%(here',
  '%(here)',
  '%(here)q',
  '100% sure',
  '%%(here)s',
  'a b',
  'a:b',
  'a/b',
  'é',
  '\u00a0',
  '\u0663',
  '*:9001',
  ':0',
  '70000',
  'localhost:x',
  '[::1]:9001',
  'tcp://localhost:1',
  'unix://{dir}/f.sock',
  'unix:x',
  'TICK_5',
  'EVENT,PROCESS_STATE',
  'NOTHING',
  '1;2',
  '1 ;2',
  '"x',
  "'",
  '\\',
];
/** What a program is made of, and what may stand in any section. */
const KEYS = [
  'command',
  'process_name',
  'numprocs',
  'numprocs_start',
  'priority',
  'autostart',
  'autorestart',
  'startsecs',
  'startretries',
  'exitcodes',
  'stopsignal',
  'stopwaitsecs',
  'stopasgroup',
  'killasgroup',
  'redirect_stderr',
  'stdout_logfile',
  'stdout_logfile_maxbytes',
  'stdout_logfile_backups',
  'stdout_capture_maxbytes',
  'stdout_events_enabled',
  'stderr_logfile',
  'directory',
  'umask',
  'serverurl',
  'programs',
  'events',
  'buffer_size',
  'socket',
  'socket_mode',
  'socket_backlog',
  'port',
  'file',
  'chmod',
  'username',
  'password',
  'files',
  'loglevel',
  'minfds',
  'logfile',
  'identifier',
  'nodaemon',
  'unknown',
];
const SECTIONS = [
  'supervisord',
  'supervisorctl',
  'program:a',
  'program:b',
  'program:',
  'program: c ',
  'program:x y',
  'program:a:b',
  'group:g',
  'group:a',
  'eventlistener:l',
  'fcgi-program:f',
  'inet_http_server',
  'inet_http_server:two',
  'unix_http_server',
  'rpcinterface:supervisor',
  'include',
  'DEFAULT',
  'unknown',
];

const root = join(import.meta.dirname, '../../../..');

/** Configurations as people write them. */
const samples: readonly string[] = [
  ...['conf', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.conf') && !name.includes('node_modules'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  ),
  ...configCases().flatMap(([, cases]) => cases.flatMap(({ files }) => Object.values(files))),
];

/** One of them, or parts of several, with what people and accidents do to it. */
export function mutatedConfig(random: Random): string {
  const lines = random
    .list(1, 2, () => random.pick(samples))
    .join('\n')
    .split('\n');
  if (random.once(2)) lines.unshift('[supervisord]');
  for (let n = random.int(4); n > 0; n--) mutate(lines, random);
  return lines.join('\n');
}

function mutate(lines: string[], random: Random): void {
  const at = random.int(lines.length + 1);
  switch (random.int(10)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, ...lines.slice(at, at + random.int(4)));
      break;
    case 2:
      lines.splice(at, 0, `[${random.pick(SECTIONS)}]`);
      break;
    case 3:
    case 4:
    case 5:
      lines.splice(at, 0, `${random.pick(KEYS)}=${random.pick(VALUES)}`);
      break;
    case 6:
    case 7:
      if (at < lines.length) lines[at] = lines[at]!.replace(/=.*/, () => `=${random.pick(VALUES)}`);
      break;
    case 8:
      if (at < lines.length)
        lines[at] = lines[at]!.replace(/^[^=]*=/, () => `${random.pick(KEYS)}=`);
      break;
    default: {
      const line = lines[at] ?? '';
      const inside = random.int(line.length + 1);
      lines[at] = line.slice(0, inside) + random.pick(VALUES) + line.slice(inside + random.int(3));
    }
  }
}
