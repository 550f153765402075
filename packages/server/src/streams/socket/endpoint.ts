import type { Clock, Supervisor } from '@tsvisor/core';

import { HttpError } from '../../http/message.ts';
import type { Header, Reply, Request } from '../../http/message.ts';
import { errorReply } from '../../http/replies.ts';
import type { MainLog } from '../../methods/main-log.ts';
import { isCrossSite } from '../../web/origin.ts';
import { Conversation } from './conversation.ts';
import { feedsOf } from './feeds.ts';
import type { Sources } from './subscription.ts';

export interface StreamContext {
  readonly supervisor: Supervisor;
  readonly mainLog: MainLog;
  readonly clock: Clock;
}

/** `/api/v1/stream`: all that changes, to whoever subscribes, over one WebSocket. */
export class StreamEndpoint {
  readonly #sources: Sources;

  constructor({ supervisor, mainLog, clock }: StreamContext) {
    this.#sources = { supervisor, mainLog, feeds: feedsOf(supervisor, clock) };
  }

  /** @throws {HttpError} 403 a page of another site asks; 400 what is offered is no WebSocket */
  answer(request: Request): Reply {
    // Any page may open a WebSocket to any server, and read what it is told.
    if (isCrossSite(request)) throw new HttpError(403);
    if (request.method !== 'GET') return errorReply(405, [['Allow', 'GET']]);
    if (!request.offersWebSocket) return upgradeRequired([]);
    const header = (name: string): string | undefined => request.header(name);
    if (header('sec-websocket-version') !== VERSION) {
      return upgradeRequired([['Sec-WebSocket-Version', VERSION]]);
    }
    if (!KEY.test(header('sec-websocket-key') ?? '')) throw new HttpError(400);
    // We speak no protocol by name; a list that is none would be refused later, without a page.
    if (header('sec-websocket-protocol') !== undefined) throw new HttpError(400);
    return {
      status: 101,
      headers: [],
      upgrade: (line) => new Conversation(line, this.#sources),
    };
  }
}

const VERSION = '13';
/** 16 bytes. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

const upgradeRequired = (more: readonly Header[]): Reply =>
  errorReply(426, [['Connection', 'Upgrade'], ['Upgrade', 'websocket'], ...more]);
