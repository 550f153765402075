import { attribute, text } from './html.ts';
import { shellPage } from './shell.ts';
import type { Site } from './shell.ts';

export interface MessagePage {
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly link: readonly [address: string, label: string];
}

/** A page that says one thing. */
export const messagePage = (
  site: Site,
  { title, heading, text: said, link }: MessagePage,
): string =>
  shellPage(site, {
    title,
    script: 'plain',
    main: `<section class="card">
<h1>${text(heading)}</h1>
<p>${text(said)}</p>
<p><a class="button" href="${attribute(link[0])}">${text(link[1])}</a></p>
</section>`,
  });
