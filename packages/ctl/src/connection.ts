import { Client, ClientError, Fault, type RpcValue } from '@tsvisor/rpc';

import { Unwritable, HttpStatusError, RemoteFault, UnforeseenError } from './errors.ts';
import { followStream } from './following.ts';
import type { Log, Method, Params, Remote, Result, Server, StreamEnd } from './remote.ts';
import { readTls } from './tls-files.ts';

/** A daemon as the client of @tsvisor/rpc reaches it. */
export function connect(server: Server): Remote {
  return new Connection(server);
}

class Connection implements Remote {
  readonly #server: Server;
  #opened: Client | undefined;

  constructor(server: Server) {
    this.#server = server;
  }

  async call<M extends Method>(method: M, ...params: Params<M>): Promise<Result<M>> {
    return (await this.request(`supervisor.${method}`, params)) as Result<M>;
  }

  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#client().callAny(method, params as readonly RpcValue[]);
    } catch (error) {
      throw inOwnWords(error);
    }
  }

  async follow(
    log: Log,
    receive: (bytes: Uint8Array) => void,
    signal: AbortSignal,
    missed: (text: string) => void = () => undefined,
  ): Promise<StreamEnd> {
    try {
      // supervisord has none, and says why it will not follow in its own way.
      if (await followStream(this.#client(), log, { receive, missed }, signal)) {
        return { type: 'ended' };
      }
      for await (const bytes of this.#stream(log, signal)) receive(bytes);
      return { type: 'ended' };
    } catch (error) {
      if (error instanceof Unwritable) throw error;
      const own = inOwnWords(error);
      if (own instanceof HttpStatusError) return { type: 'refused', status: own.status };
      return { type: 'unreachable', error: own };
    }
  }

  #stream(log: Log, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const client = this.#client();
    switch (log.of) {
      case 'daemon':
        return client.followMainLog({ signal });
      case 'process':
        return client.followProcessLog(log.name, log.channel, { signal });
      case 'events':
        return client.followEvents(log.names, { signal });
    }
  }

  /** A bad URL is complained of when it is used, not when it is said. */
  #client(): Client {
    const { url, username, password, tls } = this.#server;
    this.#opened ??= new Client({
      serverUrl: url,
      username: username ?? undefined,
      password: password ?? undefined,
      tls: url.startsWith('https:') && tls !== undefined ? readTls(tls) : undefined,
      // supervisorctl waits as long as the system does.
      connectTimeoutMs: 0,
    });
    return this.#opened;
  }
}

/** Failures as the commands tell them apart. */
function inOwnWords(error: unknown): unknown {
  if (error instanceof Fault) return new RemoteFault(error.code, error.text);
  if (!(error instanceof ClientError)) return error;
  if (error.status !== undefined) return new HttpStatusError(error.status, error.reason ?? '');
  if (error.code === 'BAD_URL') return new UnforeseenError('ValueError', error.message);
  if (error.code === 'BAD_RESPONSE') {
    return new UnforeseenError('xmlrpc.client.ResponseError', error.message);
  }
  return error;
}
