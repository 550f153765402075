/** The program pidproxy: for commands that have another process do the work. */
import { getLimit, setLimit, takeLaunch } from '@tsvisor/posix';

import { proxy } from './proxy.ts';
import { usageOf } from './usage.ts';

const { argv0, nofile } = takeLaunch();
const [pidfile, ...command] = process.argv.slice(2);

async function run(): Promise<number> {
  if (pidfile === undefined || command.length === 0) {
    process.stdout.write(usageOf(argv0));
    return 1;
  }
  // Node has raised it; the command gets what we were started with.
  const { hard } = getLimit('nofile');
  setLimit('nofile', { soft: Math.min(nofile, hard), hard });
  return proxy(pidfile, command);
}

void run().then((status) => {
  process.exitCode = status;
  // What was printed may still be on its way into a pipe.
  process.stdout.write('', () => process.exit());
});
