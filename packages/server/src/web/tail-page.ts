import { encodePercent } from '../http/target.ts';
import { attribute, text } from './html.ts';
import { shellPage } from './shell.ts';
import type { Site } from './shell.ts';

export interface TailPage {
  /** undefined: none was named. */
  readonly process: string | undefined;
  readonly limit: number;
  /** What the log ends with, or why there is none to show. */
  readonly content: string;
}

/** The end of one log. Scripts read it: title, `<pre>` and link are part of the interface (web.md §4). */
export const tailPage = (site: Site, { process, limit, content }: TailPage): string =>
  shellPage(site, {
    title: `Supervisor tail of process ${process ?? 'None'}`,
    main: `<div class="tail">
<div class="page-head">
<h1><bdi>${text(process ?? 'No process')}</bdi></h1>
${process === undefined ? '' : links(process, limit)}</div>

<pre>${text(content)}</pre>
</div>`,
  });

function links(process: string, limit: number): string {
  const name = encodePercent(process);
  const again = attribute(`tail.html?processname=${name}&limit=${limit}`);
  return `<a href="${again}">Refresh</a>
<a href="log.html?processname=${name}">Follow it live</a>
`;
}
