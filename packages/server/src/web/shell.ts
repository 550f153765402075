// What all pages have around them: head, header with the way to the other pages, footer.
import { assetLink } from './assets/links.ts';
import type { ScriptName } from './assets/links.ts';
import { attribute, text } from './html.ts';
import { metaPolicy } from './security.ts';

/** What the pages say of the daemon they are of. */
export interface Site {
  /** Of supervisord, whose place it takes. */
  readonly version: string;
  /** The machine's name. */
  readonly host: string;
  /** What the configuration calls this daemon. */
  readonly identifier: string;
  readonly year: number;
}

export interface ShellPage {
  /** Text. */
  readonly title: string;
  /** Which of the pages in the header it is. */
  readonly current?: PageLink;
  /** What runs in it, besides the colours. */
  readonly script?: ScriptName;
  /** Markup in the header, below the links: what stays in view. */
  readonly bar?: string;
  /** Markup. */
  readonly main: string;
}

const links = {
  status: ['./', 'Status'],
  mainlog: ['mainlog.html', 'Main log'],
  events: ['events.html', 'Events'],
  config: ['config.html', 'Configuration'],
} as const;

type PageLink = keyof typeof links;

/** A whole page; all its links are relative, so that it works below any prefix of a proxy's. */
export const shellPage = (site: Site, page: ShellPage): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(metaPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(page.title)}</title>
<link href="${assetLink('stylesheets/supervisor.css')}" rel="stylesheet" type="text/css">
<link href="images/icon.png" rel="icon" type="image/png">
<script src="${assetLink('scripts/theme.js')}"></script>
${page.script === undefined ? '' : `<script defer src="${assetLink(`scripts/${page.script}.js`)}"></script>\n`}</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header id="header">
<div class="top">
<a class="brand" href="./">${mark}<span>Supervisor</span></a>
<span class="host" title="${attribute(`${site.identifier} on ${site.host}`)}"><bdi>${text(site.identifier === 'supervisor' ? '' : `${site.identifier} · `)}${text(site.host)}</bdi></span>
<nav aria-label="Pages">
${Object.entries(links)
  .map(([name, [address, label]]) => {
    const current = name === page.current ? ' aria-current="page"' : '';
    return `<a href="${address}"${current}>${label}</a>`;
  })
  .join('\n')}
</nav>
<span id="live" role="status" hidden></span>
<button type="button" id="scheme" hidden><span class="scheme-icon"></span></button>
</div>
${page.bar ?? ''}</header>
<main id="main">
${page.main}
</main>
<footer id="footer">
<div class="left"><a href="http://supervisord.org">Supervisor</a> <span>${text(site.version)}</span></div>
<div class="right">&copy; 2006-<span>${site.year}</span> <strong><a href="http://agendaless.com/">Agendaless Consulting and Contributors</a></strong></div>
</footer>
</body>
</html>
`;

/** Three programs, one of which is watched more closely. */
const mark =
  '<svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><rect x="2" y="3" width="20" height="4.5" rx="2.25"/><rect x="2" y="9.75" width="13" height="4.5" rx="2.25"/><rect x="2" y="16.5" width="17" height="4.5" rx="2.25"/><circle cx="20" cy="12" r="2.4"/></svg>';
