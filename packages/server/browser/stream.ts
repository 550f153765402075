// The browser's end of api/v1/stream: what is subscribed to comes back by itself after each break.

export interface Message {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface Subscription {
  /** Made anew for each connection, so that it may go on where it was. */
  readonly request: () => Readonly<Record<string, unknown>>;
  readonly deliver: (message: Message) => void;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

export class Stream {
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #watchers: ((isUp: boolean) => void)[] = [];
  #socket: WebSocket | undefined;
  #retry: number | undefined;
  #delayMs = FIRST_DELAY_MS;
  #nextId = 0;

  constructor() {
    // Whoever comes back to the page, or to the network, does not want to wait.
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => this.#hurry());
    // A page that is kept for the back button must not hold a connection, and lives on after it.
    addEventListener('pagehide', () => this.#leave());
    addEventListener('pageshow', (shown) => {
      if (shown.persisted) this.#connect();
    });
    this.#connect();
  }

  get isUp(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Tells of each connection made and lost. */
  watch(watcher: (isUp: boolean) => void): void {
    this.#watchers.push(watcher);
  }

  /** Subscribes now and after each break; returns what ends it. */
  subscribe(request: Subscription['request'], deliver: Subscription['deliver']): () => void {
    const id = String(++this.#nextId);
    const subscription = { request, deliver };
    this.#subscriptions.set(id, subscription);
    if (this.isUp) this.#send({ ...request(), type: 'subscribe', id });
    return () => {
      if (this.#subscriptions.delete(id) && this.isUp) this.#send({ type: 'unsubscribe', id });
    };
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const address = new URL('api/v1/stream', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#delayMs = FIRST_DELAY_MS;
      for (const [id, { request }] of this.#subscriptions)
        this.#send({ ...request(), type: 'subscribe', id });
      this.#tell(true);
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      this.#subscriptions.get(String(message['id']))?.deliver(message);
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#tell(false);
      // Not all pages at the same moment, when the daemon is back.
      this.#retry = setTimeout(() => this.#connect(), this.#delayMs * (0.75 + Math.random() / 2));
      this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
    };
  }

  #hurry(): void {
    if (document.hidden || this.#socket?.readyState !== WebSocket.CLOSED) return;
    this.#delayMs = FIRST_DELAY_MS;
    this.#connect();
  }

  #leave(): void {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #tell(isUp: boolean): void {
    for (const watcher of this.#watchers) watcher(isUp);
  }
}

/** Shows in the header whether what the page shows is live. */
export function showLink(stream: Stream): void {
  const shown = document.getElementById('live');
  if (shown === null) return;
  stream.watch((isUp) => {
    shown.hidden = false;
    shown.dataset['link'] = isUp ? 'up' : 'down';
    shown.textContent = isUp ? 'Live' : 'Disconnected \u2013 retrying';
  });
}
