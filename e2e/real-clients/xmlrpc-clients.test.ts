import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';

import { expect, test } from '@jest/globals';

import { basic, methodCall, post, withHead } from '../hostile/wire.ts';
import { fromRoot, tsvdProgram } from '../support/sandbox.ts';
import { describeWithSupervisor, missing, python, supervisord } from './installed.ts';
import { Stage } from './stage.ts';

const programs = `
[program:cat]
command=/bin/cat
[program:talk]
command=/bin/sh -c 'trap "" HUP; echo one; echo zw\u00f6lf; echo oops >&2; exec sleep 1000'
[program:missing]
command=/nonexistent/program
autostart=false
[program:member]
command=/bin/cat
process_name=one
startsecs=0
[group:team]
programs=member
`;

async function on<T>(daemon: string, ask: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = new Stage();
  try {
    await stage.open(daemon, programs);
    await stage.logged('success: talk entered RUNNING state');
    await stage.logged('success: cat entered RUNNING state');
    return await ask(stage);
  } finally {
    await stage.close();
  }
}

/** Without what no two runs have in common. */
const timeless = (text: string): string =>
  text
    .replaceAll(/"(pid|now|start|stop)": [1-9]\d*/g, '"$1": N')
    .replaceAll(/-{3}\w+-\w+\.log/g, '---XXX.log');

/** The answers to clients that speak HTTP by themselves. */
const requests: Readonly<Record<string, Buffer>> = {
  'a PHP dashboard, HTTP/1.0 without a Host': withHead(
    [
      'POST /RPC2 HTTP/1.0',
      basic('user:secret'),
      'Content-Type: text/xml',
      'User-Agent: XML-RPC for CodeIgniter',
      `Content-Length: ${methodCall('supervisor.getState').length}`,
    ],
    methodCall('supervisor.getState'),
  ),
  'a PHP dashboard with a wrong password': withHead(
    ['POST /RPC2 HTTP/1.0', basic('user:wrong'), 'Content-Length: 3'],
    '<a>',
  ),
  'a check that asks for a fault': post(methodCall('supervisor.getProcessInfo', 'nobody'), [
    basic('user:secret'),
    'Connection: close',
  ]),
  'a check that keeps an old connection': withHead(
    [
      'POST /RPC2 HTTP/1.0',
      'Connection: keep-alive',
      basic('user:secret'),
      `Content-Length: ${methodCall('supervisor.getAPIVersion').length}`,
    ],
    methodCall('supervisor.getAPIVersion'),
  ),
  'a Go exporter': post(
    '<?xml version="1.0" encoding="UTF-8"?><methodCall><methodName>supervisor.getAPIVersion</methodName><params></params></methodCall>',
    [
      'Host: 127.0.0.1:9001',
      'User-Agent: Go-http-client/1.1',
      basic('user:secret'),
      'Content-Type: text/xml',
      'Accept-Encoding: gzip',
    ],
  ),
  'a probe of ok.html': withHead(['GET /ok.html HTTP/1.0', basic('user:secret')]),
};

/** One answer, and whether the server hangs up after it. */
function hear(port: number, request: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let heard = '';
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      // By then a server that means to has hung up.
      socket.setTimeout(1000, () => {
        resolve(`${heard} and waits`);
        socket.destroy();
      });
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(`${heard} and hangs up`));
    socket.write(request);
  });
}

async function sayAll(stage: Stage): Promise<Record<string, string>> {
  const heard: Record<string, string> = {};
  for (const [name, request] of Object.entries(requests)) {
    const answer = await hear(stage.port, request);
    heard[name] = answer.replaceAll(/^Date: .*?\r$/gm, 'Date: …\r');
  }
  return heard;
}

describeWithSupervisor(`clients get from tsvd what supervisord gives${missing}`, () => {
  test('by xmlrpc.client over HTTP, and by SupervisorTransport over both', async () => {
    const script = fromRoot('e2e/fixtures/xmlrpc_clients.py');
    const ask = async (stage: Stage): Promise<string> => {
      const words = [script, stage.sandbox.path('s.sock'), String(stage.port), 'user', 'secret'];
      const { stdout } = await promisify(execFile)(python, words);
      return timeless(stage.masked(stdout));
    };
    const [ours, real] = await Promise.all([on(tsvdProgram, ask), on(supervisord, ask)]);
    expect(ours).toBe(real);
  }, 60_000);

  test('byte for byte, to those that speak HTTP by themselves', async () => {
    const [ours, real] = await Promise.all([on(tsvdProgram, sayAll), on(supervisord, sayAll)]);
    expect(ours).toEqual(real);
  }, 60_000);
});
