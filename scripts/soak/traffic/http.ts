import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

import { namespec } from '../programs.ts';
import { elapse } from '../wait.ts';
import type { Actions, Context } from './context.ts';
import { restartable } from './rpc.ts';

/** The reply has begun; what is read of it is up to whoever asked. */
function ask(one: Context, method: string, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath: one.daemon.ground.socket, method, path, agent: false, timeout: 60_000 },
      resolve,
    );
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error(`no answer to ${method} ${path}`)));
    asked.end();
  });
}

/** All of the reply. What no client should ever see is a surprise. */
async function whole(one: Context, method: string, path: string): Promise<void> {
  const reply = await ask(one, method, path);
  for await (const chunk of reply) void chunk;
  const status = reply.statusCode ?? 0;
  // A fault such as ABNORMAL_TERMINATION is 500 too; only a page has no such thing to say.
  const isFault = path.startsWith('/api/') && method !== 'GET';
  if (status >= 500 && !isFault && one.daemon.isUp) {
    one.tally.surprise(
      `HTTP ${status} for ${method} ${path.replaceAll(/[a-z_]*\d[\w:%]*/g, 'NAME')}`,
    );
  }
}

/** Reads for a while, and leaves. */
async function follow(one: Context, path: string, reads: boolean): Promise<void> {
  const reply = await ask(one, 'GET', path);
  reply.on('error', () => undefined);
  if (reads) reply.resume();
  await elapse(one.random.between(2, 40) / 10);
  reply.destroy();
}

const get = (weight: number, path: string): Actions[string] => ({
  weight,
  run: (one) => whole(one, 'GET', path),
});

const nameOf = (one: Context): string =>
  encodeURIComponent(namespec(one.random.pick(one.programs)));
const restartableName = (one: Context): string => encodeURIComponent(namespec(restartable(one)));

export const httpActions: Actions = {
  'page of states': get(3, '/'),
  'page of a log': {
    weight: 3,
    run: (one) => whole(one, 'GET', `/tail.html?processname=${nameOf(one)}`),
  },
  'page that is not there': get(1, '/nothing/here'),
  metrics: get(4, '/metrics'),
  'readiness probe': {
    weight: 3,
    run: async (one) => {
      // Programs that are FATAL make it 503, as it should be.
      const reply = await ask(one, 'GET', '/readyz');
      reply.resume();
    },
  },
  'liveness probe': get(3, '/healthz'),
  'api processes': get(4, '/api/v1/processes'),
  'api process': { weight: 4, run: (one) => whole(one, 'GET', `/api/v1/processes/${nameOf(one)}`) },
  'api groups': get(2, '/api/v1/groups?all=true'),
  'api config': get(1, '/api/v1/config'),
  'api listeners': get(2, '/api/v1/listeners'),
  'api log': {
    weight: 4,
    run: (one) => whole(one, 'GET', `/api/v1/processes/${nameOf(one)}/logs/stdout`),
  },
  'api openapi.json': get(1, '/api/v1/openapi.json'),
  'api restart': {
    weight: 4,
    run: (one) =>
      whole(one, 'POST', `/api/v1/processes/${restartableName(one)}/restart?wait=false`),
  },
  'api start': {
    weight: 6,
    run: (one) => whole(one, 'POST', `/api/v1/processes/${restartableName(one)}/start`),
  },
  'api signal': {
    weight: 2,
    run: (one) =>
      whole(one, 'POST', `/api/v1/processes/${restartableName(one)}/signal?signal=USR2`),
  },
  'follower of a log': { weight: 6, run: (one) => follow(one, `/logtail/${nameOf(one)}`, true) },
  'follower that does not read': {
    weight: 2,
    run: (one) => follow(one, `/logtail/${nameOf(one)}`, false),
  },
  'follower of the main log': { weight: 2, run: (one) => follow(one, '/mainlogtail', true) },
  'follower of events': { weight: 2, run: (one) => follow(one, '/events?names=EVENT', true) },
};
