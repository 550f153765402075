import { freePort } from '../../hostile/daemon.ts';
import { Sandbox } from '../../support/sandbox.ts';

/** A daemon in a sandbox whose pages a browser can reach. */
export interface Served {
  readonly sandbox: Sandbox;
  /** Ends with a slash. */
  readonly url: string;
}

export async function serve(programs: string, server = ''): Promise<Served> {
  const sandbox = new Sandbox();
  const port = await freePort();
  sandbox.configure(`[inet_http_server]\nport=127.0.0.1:${port}\n${server}\n${programs}`);
  await sandbox.startDaemon();
  return { sandbox, url: `http://127.0.0.1:${port}/` };
}
