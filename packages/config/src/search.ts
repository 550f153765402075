import { dirname, join } from './python/paths.ts';

/** Where a configuration is looked for without `-c`, in order. The first four depend on argv[0] and the current folder. */
export function searchPaths(programName: string): string[] {
  const prefix = dirname(dirname(programName));
  return [
    join(prefix, 'etc/supervisord.conf'),
    join(prefix, 'supervisord.conf'),
    'supervisord.conf',
    'etc/supervisord.conf',
    '/etc/supervisord.conf',
    '/etc/supervisor/supervisord.conf',
  ];
}
