import type { ListenOptions, Server } from 'node:net';

// As many as supervisord lets wait.
const BACKLOG = 1024;

/** Resolves once it listens; rejects with the system's own error. */
export function listen(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...where, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
