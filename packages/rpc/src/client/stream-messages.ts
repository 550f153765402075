// The stream of tsvd, as a client sees it (docs/reference/stream.md).

/** Where in a log to begin. */
export interface StreamLogStart {
  /** So many bytes of its end; 1024 if neither is given. */
  readonly backlog?: number;
  /** This byte instead. */
  readonly offset?: number;
  readonly encoding?: 'text' | 'base64';
}

/** What can be subscribed to. */
export type StreamWish =
  | { readonly to: 'states' }
  | { readonly to: 'usage'; readonly every?: number }
  | { readonly to: 'events'; readonly names?: readonly string[] }
  | ({
      readonly to: 'log';
      readonly process: string;
      readonly channel?: 'stdout' | 'stderr';
    } & StreamLogStart)
  | ({ readonly to: 'mainlog' } & StreamLogStart);

/** What the server says. */
export type StreamMessage = { readonly id: string } & (
  | { readonly type: 'subscribed' | 'ended' }
  | {
      readonly type: 'states';
      readonly supervisor: { readonly state: string };
      readonly processes: readonly Readonly<Record<string, unknown>>[];
    }
  | { readonly type: 'state'; readonly process: Readonly<Record<string, unknown>> }
  | { readonly type: 'removed'; readonly process: string }
  | { readonly type: 'supervisor'; readonly state: string }
  | { readonly type: 'usage'; readonly processes: readonly StreamUsage[] }
  | {
      readonly type: 'event';
      readonly time: string;
      readonly event: string;
      readonly process?: string;
      readonly group?: string;
      readonly payload: string;
    }
  | { readonly type: 'log'; readonly offset: number; readonly data: string }
  | { readonly type: 'missed'; readonly bytes?: number; readonly messages?: number }
  | { readonly type: 'truncated'; readonly rotated: boolean }
  | {
      readonly type: 'error';
      readonly code: number;
      readonly fault: string;
      readonly message: string;
    }
);

export interface StreamUsage {
  readonly process: string;
  /** 100 is one core; null: not known yet. */
  readonly cpu: number | null;
  readonly memory: number;
  readonly count: number;
}
