/** How large a document may be. In each, 0 switches the limit off. */
export interface DocumentLimits {
  /** Bytes of the document in UTF-8. */
  readonly maxBytes: number;
  /** Elements inside one another; a list in a list takes three (value, array, data). */
  readonly maxDepth: number;
  /** Elements of any name, attributes included; a scalar parameter takes three (param, value, int). */
  readonly maxElements: number;
}

export interface RequestLimits extends DocumentLimits {
  /** Calls in one system.multicall. */
  readonly maxCalls: number;
}

/**
 * supervisord has no limits; these leave room for 10,000 calls at once or 8 MiB of stdin, and keep
 * the dearest document of that size (a CDATA section full of `]`) under a second.
 */
export const requestLimits: RequestLimits = {
  maxBytes: 8 * 1024 * 1024,
  maxDepth: 100,
  maxElements: 250_000,
  maxCalls: 10_000,
};

/** One process of getAllProcessInfo takes 57 elements and some 1,100 bytes. */
export const responseLimits: DocumentLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxDepth: 100,
  maxElements: 10_000_000,
};

/** Whether a count is over its limit. */
export function exceeds(count: number, limit: number): boolean {
  return limit !== 0 && count > limit;
}
