import { encodePercent } from '../http/target.ts';
import { attribute, page, text } from './html.ts';

export interface TailPage {
  /** undefined: none was named. */
  readonly process: string | undefined;
  readonly limit: number;
  /** What the log ends with, or why there is none to show. */
  readonly content: string;
}

/** The end of one log (web.md §4). */
export const tailPage = ({ process, limit, content }: TailPage): string =>
  page(
    `Supervisor tail of process ${process ?? 'None'}`,
    '',
    `<div>

<pre>${text(content)}</pre>

<form action="index.html" method="POST">

<div style="margin-top: 10px;">
${process === undefined ? '' : refreshLink(process, limit)}</div>

</form>

</div>`,
  );

const refreshLink = (process: string, limit: number): string => `<a href="${attribute(
  `tail.html?processname=${encodePercent(process)}&limit=${limit}`,
)}">
<input name="refresh" type="button" value=" Refresh " />
</a>
`;
