import { expect } from '@jest/globals';

import type { Request, WholeReply } from '../../src/http/message.ts';
import { parseTarget } from '../../src/http/target.ts';
import { builtInTable } from '../../src/methods/interfaces.ts';
import { ctime } from '../../src/web/ctime.ts';
import { pageFor } from '../../src/web/page-names.ts';
import { Pages } from '../../src/web/pages.ts';
import { daemonOf } from './daemon.ts';
import type { FakeDaemon } from './daemon.ts';

export interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly role?: Request['role'];
  readonly local?: Request['local'];
}

/** What asks for pages of a fake daemon. */
export interface AskedPages extends FakeDaemon {
  readonly ask: (target: string, asked?: Asked) => Promise<WholeReply>;
  readonly text: (target: string, asked?: Asked) => Promise<string>;
  /** The message that an action ends with. */
  readonly message: (target: string) => Promise<string>;
  readonly now: () => string;
}

export const pagesOf = (...groups: Parameters<typeof daemonOf>[0]): AskedPages => {
  const daemon = daemonOf(groups);
  const { supervisor, mainLog, logger, clock } = daemon;
  const pages = new Pages({
    supervisor,
    mainLog,
    readProgram: daemon.daemon.readProgram,
    methods: builtInTable(daemon),
    version: '4.4.0.dev0',
    logger,
    clock,
    address: 'server:9001',
  });
  const ask = async (target: string, asked: Asked = {}): Promise<WholeReply> => {
    const {
      method = 'GET',
      headers = { host: 'h:80' },
      body = '',
      role = 'full',
      local = null,
    } = asked;
    const request: Partial<Request> = {
      method,
      local,
      scheme: 'http',
      role,
      ...parseTarget(target),
      header: (name) => headers[name],
      body: async () => Buffer.from(body),
    };
    const page = pageFor(request as Request);
    if (page === undefined) throw new Error(`no page for ${target}`);
    let isAnswered = false;
    const answered = (): void => void (isAnswered = true);
    const reply = pages.answer(page, request as Request);
    reply.then(answered, answered);
    // What needs no time gets none.
    for (let turn = 0; turn < 20 && !isAnswered; turn++) {
      clock.advance(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return (await reply) as WholeReply;
  };
  return {
    ...daemon,
    ask,
    text: async (target, asked) => (await ask(target, asked)).body.toString(),
    message: async (target) => {
      const { status, headers } = await ask(target);
      const location = new Map(headers).get('Location') ?? '';
      expect(status).toBe(301);
      expect(location).toMatch(/^http:\/\/h\/\?message=/);
      return decodeURIComponent(location.slice('http://h/?message='.length));
    },
    now: () => ctime(new Date(clock.now())),
  };
};
