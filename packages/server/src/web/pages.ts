import { hostname } from 'node:os';

import { traceback } from '@tsvisor/core';

import { HttpError } from '../http/message.ts';
import type { Request, WholeReply } from '../http/message.ts';
import { configPage } from './config/page.ts';
import { FormToken } from './form-token.ts';
import { formValues } from './form.ts';
import { indexPage } from './index-page.ts';
import { events } from './logs/events.ts';
import { log } from './logs/log.ts';
import { mainlog } from './logs/mainlog.ts';
import { isRebound } from './origin.ts';
import type { PageName } from './page-names.ts';
import { secured, securityHeaders } from './security.ts';
import type { Site } from './shell.ts';
import { signalPage } from './signal-page.ts';
import { RowTexts } from './status/row-texts.ts';
import { strangerPage } from './stranger-page.ts';
import { tail } from './tail.ts';
import type { Page, PagesContext } from './visit.ts';

const pages: Readonly<Record<PageName, Page>> = {
  'index.html': indexPage,
  'tail.html': tail,
  'ok.html': ok,
  'signal.html': signalPage,
  'config.html': configPage,
  'log.html': log,
  'mainlog.html': mainlog,
  'events.html': events,
};

/** Pages that supervisord has, whose answers scripts compare. */
const knownPages: ReadonlySet<PageName> = new Set(['index.html', 'tail.html', 'ok.html']);

/** The pages of one server. */
export class Pages {
  readonly #context: PagesContext;
  readonly #token = new FormToken();
  readonly #rowTexts = { full: new RowTexts(true), readonly: new RowTexts(false) };

  constructor(context: PagesContext) {
    this.#context = context;
  }

  /** Answers for a page; what fails in it is in the log, and a 500. */
  async answer(name: PageName, request: Request): Promise<WholeReply> {
    if (request.parameters !== null) throw new HttpError(404);
    if (isRebound(request)) return strangerPage(this.#site(), request);
    const body = request.method === 'POST' ? (await request.body()).toString() : '';
    try {
      const reply = await pages[name]({
        ...this.#context,
        request,
        form: formValues(request.query, body),
        site: this.#site(),
        token: this.#token,
        rowTexts: this.#rowTexts,
      });
      if (knownPages.has(name)) return secured(request, reply);
      return { ...reply, headers: [...reply.headers, ...securityHeaders] };
    } catch (error) {
      if (error instanceof HttpError) throw error;
      const text = traceback(error);
      this.#context.logger.log('error', `Web interface error:${text}`);
      throw new HttpError(500);
    }
  }

  #site(): Site {
    const { version, supervisor, clock } = this.#context;
    const { identifier } = supervisor.config.supervisord;
    return { version, identifier, host: hostname(), year: new Date(clock.now()).getFullYear() };
  }
}

function ok(): WholeReply {
  const body = Buffer.from('OK');
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/plain'],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}
