// What the pages of logs share: the tools above, which need a script, and the panes, which are
// of use without one.
import { attribute, text } from '../html.ts';

export interface Pane {
  /** What it is of, among those of its page. */
  readonly name: string;
  /** For those who cannot see where it stands. */
  readonly label: string;
  /** What its script is told, as `data-NAME`. */
  readonly data: Readonly<Record<string, string>>;
  /** Of the whole log as it is. */
  readonly address: string;
  /** What a copy of it is called. */
  readonly fileName: string;
  /** What the log ends with; undefined: there is none yet. */
  readonly content: string | undefined;
}

export const limits = [4, 16, 64, 256, 1024].map((kibibytes) => kibibytes * 1024);
export const USUAL_LIMIT = 16 * 1024;
const MOST = 1024 * 1024;

const named = (bytes: number): string =>
  bytes < MOST ? `${bytes / 1024} KiB` : `${bytes / MOST} MiB`;

/** How much of its end a page without a script shows. */
export function limitOf(form: ReadonlyMap<string, string>): number {
  const asked = form.get('limit') ?? '';
  return /^\d{1,15}$/.test(asked) ? Math.min(Math.max(Number(asked), 1024), MOST) : USUAL_LIMIT;
}

export const panes = (all: readonly Pane[]): string => `${all.length > 1 ? tabs(all) : ''}
<div class="panes">
${all.map(pane).join('\n')}
</div>`;

const tabs = (
  all: readonly Pane[],
): string => `<div class="tabs needs-script" role="group" aria-label="Channels">
${all
  .map(({ name }, index) => {
    const pressed = index === 0 ? 'true' : 'false';
    return `<button type="button" aria-pressed="${pressed}" data-tab="${attribute(name)}">${text(name)}</button>`;
  })
  .join('\n')}
</div>`;

const pane = ({ name, label, data, address, fileName, content }: Pane): string => {
  const facts = Object.entries({ ...data, pane: name, log: address })
    .map(([key, value]) => ` data-${key}="${attribute(value)}"`)
    .join('');
  return `<section class="pane" aria-label="${attribute(label)}"${facts}>
<div class="pane-head">
<h2>${text(name)}</h2>
<span class="pane-word">${content === undefined ? 'nothing logged yet' : ''}</span>
<span class="pane-found"></span>
<button type="button" class="earlier" hidden>Load earlier</button>
<a class="download" href="${attribute(address)}" download="${attribute(fileName)}">Download</a>
</div>
<div class="log-text" tabindex="0" role="log" aria-label="${attribute(label)}"><pre>${text(content ?? '')}</pre></div>
<button type="button" class="to-end" hidden></button>
</section>`;
};

/** For a page that stands still. `address` is the page's own, without a limit. */
export function staticTools(address: string, limit: number): string {
  const link = (bytes: number): string =>
    `${address}${address.includes('?') ? '&' : '?'}limit=${bytes}`;
  const choices = limits.map((bytes) =>
    bytes === limit
      ? `<b>${named(bytes)}</b>`
      : `<a href="${attribute(link(bytes))}">${named(bytes)}</a>`,
  );
  return `<p class="static-only"><a class="button" href="${attribute(link(limit))}">Refresh</a> <span>The end of the log: ${choices.join(' · ')}</span></p>`;
}

/** `clear` is the form that empties the log, if the reader may. */
export const tools = (
  clear: string,
): string => `<div class="log-tools needs-script" role="group" aria-label="Log">
<form class="find" role="search">
<input type="search" id="find" placeholder="Search: text or /regex/" aria-label="Search the log: text, or a regular expression between slashes" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="500">
<span class="steps"><button type="button" id="previous" title="Previous match (N)" aria-label="Previous match">&#x2191;</button><button type="submit" id="next" title="Next match (n)" aria-label="Next match">&#x2193;</button></span>
<button type="button" id="only" aria-pressed="false" title="Show only lines that match (f)">Only matches</button>
<span id="found" role="status"></span>
</form>
<button type="button" id="pause" aria-pressed="false" title="Pause and go on (space)">Pause</button>
<button type="button" id="wrap" aria-pressed="true" title="Break long lines (w)">Wrap</button>
${clear}<button type="button" id="help" title="Keys (?)" aria-haspopup="dialog">?</button>
</div>`;

/** What the reader's keys do. */
export const help = `<dialog id="keys" aria-labelledby="keys-title">
<h2 id="keys-title">Keys</h2>
<dl>
${[
  ['/', 'search: text, or <code>/regex/</code>; any case, unless there is a capital letter in it'],
  ['n N', 'next and previous match'],
  ['f', 'show only lines that match'],
  ['space p', 'pause, and go on'],
  ['g G', 'to the beginning; to the end, and follow it'],
  ['w', 'break long lines, or not'],
  ['e', 'load earlier lines'],
  ['Esc', 'leave the search'],
  ['?', 'this list'],
]
  .map(
    ([keys = '', does = '']) =>
      `<dt>${keys
        .split(' ')
        .map((key) => `<kbd>${key}</kbd>`)
        .join(' ')}</dt><dd>${does}</dd>`,
  )
  .join('\n')}
</dl>
<form method="dialog"><button>Close</button></form>
</dialog>`;

/** The form that empties a log. */
export const clearForm = (
  address: string,
  fields: Readonly<Record<string, string>>,
  title: string,
): string => `<form class="clear" method="post" action="${attribute(address)}">
${Object.entries(fields)
  .map(
    ([name, value]) =>
      `<input type="hidden" name="${attribute(name)}" value="${attribute(value)}">`,
  )
  .join('')}<button name="action" value="clear" title="${attribute(title)}">Clear</button>
</form>
`;
