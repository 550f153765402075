// An HTTP server that supervises the worker behind it. `node server.js`, then see README.md.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { Supervisor } from '@tsvisor/core';
import { serve } from '@tsvisor/server';

const supervisor = await Supervisor.create({
  programs: {
    worker: {
      command: [process.execPath, fileURLToPath(new URL('./worker.js', import.meta.url))],
      environment: { GREETING: 'hello' },
      autorestart: true,
      startSeconds: 0,
      stopWaitSeconds: 5,
    },
  },
});
const worker = supervisor.process('worker');
supervisor.on('PROCESS_STATE', ({ type, process }) => console.log(`${process.name}: ${type}`));

/** One question to the worker, and the line that it answers. */
async function ask(name, signal) {
  const lines = worker.lines({ signal });
  worker.write(`${name}\n`);
  for await (const line of lines) if (line.startsWith(`${name}: `)) return line;
  throw new Error(`no answer for ${name}`);
}

const routes = {
  'GET /': async () =>
    `${worker.state} since ${new Date(worker.info().start * 1000).toISOString()}`,
  'GET /ask': (url) => ask(url.searchParams.get('name') ?? 'nobody', AbortSignal.timeout(2000)),
  'POST /restart': async () => {
    await worker.restart({ signal: AbortSignal.timeout(10_000) });
    return worker.state;
  },
};

const http = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const route = routes[`${request.method} ${url.pathname}`];
  try {
    response.statusCode = route ? 200 : 404;
    response.end(route ? `${await route(url)}\n` : 'not here\n');
  } catch (error) {
    response.statusCode = 503;
    response.end(`${error.message}\n`);
  }
});
http.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${http.address().port}`),
);

// Everything that tsvctl, supervisorctl and browsers want, beside our own server.
const control = await serve(supervisor, { port: Number(process.env.CONTROL_PORT ?? 9001) });
console.log(`control: ${control.url}`);

// The signals are ours: the supervisor has no handler for them.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    http.close();
    await supervisor.shutdown();
    console.log('all has stopped');
  });
}
