import type { Supervisor } from '@tsvisor/core';

import { HttpError } from '../http/message.ts';
import type { Reply, Request } from '../http/message.ts';
import { refusalOfMethod } from '../http/replies.ts';
import { isCrossSite } from '../web/origin.ts';
import { securityHeaders } from '../web/security.ts';
import { ProcessCounts } from './counts.ts';
import { contentTypes, endText, familyBytes } from './exposition.ts';
import type { Format } from './exposition.ts';
import { lookAt } from './look.ts';
import type { LookAt } from './look.ts';
import { formatFor } from './negotiate.ts';
import { PoolCounts } from './pool-counts.ts';
import { metrics } from './table.ts';

/** `/metrics` of a supervisor. Made when it begins, so that counts of what is removed are not lost. */
export class Metrics {
  readonly #at: LookAt;

  constructor(supervisor: Supervisor, version: string) {
    this.#at = {
      supervisor,
      version,
      counts: new ProcessCounts(supervisor),
      poolCounts: new PoolCounts(supervisor),
    };
  }

  /** @throws {HttpError} 403 for a page of another site */
  answer(request: Request): Reply {
    if (isCrossSite(request)) throw new HttpError(403);
    const refusal = refusalOfMethod(request.method);
    if (refusal !== undefined) return refusal;
    const format = formatFor(request.header('accept'));
    const body = this.#body(format);
    return {
      status: 200,
      headers: [
        ['Content-Length', String(body.length)],
        ['Content-Type', contentTypes[format]],
        ['Cache-Control', 'no-store'],
        ['Vary', 'Accept'],
        ...securityHeaders,
      ],
      body,
    };
  }

  text(format: Format): string {
    return this.#body(format).toString();
  }

  #body(format: Format): Buffer {
    const look = lookAt(this.#at);
    const families = metrics.flatMap((metric) => familyBytes(metric, metric.samples(look), format));
    return Buffer.concat([...families, Buffer.from(endText(format))]);
  }
}
