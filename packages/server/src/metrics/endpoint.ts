import type { Supervisor } from '@tsvisor/core';

import { HttpError } from '../http/message.ts';
import type { Reply, Request } from '../http/message.ts';
import { isCrossSite } from '../web/origin.ts';
import { securityHeaders } from '../web/security.ts';
import { ProcessCounts } from './counts.ts';
import { contentTypes, endText, familyText } from './exposition.ts';
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

  /** @throws {HttpError} 403 for a page of another site, 405 */
  answer(request: Request): Reply {
    if (isCrossSite(request)) throw new HttpError(403);
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpError(405);
    const format = formatFor(request.header('accept'));
    const body = Buffer.from(this.text(format));
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
    const look = lookAt(this.#at);
    let text = '';
    for (const metric of metrics) text += familyText(metric, metric.samples(look), format);
    return text + endText(format);
  }
}
