// The style sheet and the scripts, which are made of packages/server/browser by `pnpm browser`.
import * as events from './browser/events.ts';
import * as log from './browser/log.ts';
import * as plain from './browser/plain.ts';
import * as status from './browser/status.ts';
import * as style from './browser/style.ts';
import * as theme from './browser/theme.ts';

interface Asset {
  readonly text: string;
  /** Changes with the text: what a browser has kept under another is never used. */
  readonly version: string;
}

const scripts = { theme, plain, status, log, events } as const;

export type ScriptName = keyof typeof scripts;

type AssetPath = 'stylesheets/supervisor.css' | `scripts/${ScriptName}.js`;

/** By their paths below the server. */
export const assets = new Map<string, Asset>([
  ['stylesheets/supervisor.css', style],
  ...Object.entries(scripts).map(([name, script]) => [`scripts/${name}.js`, script] as const),
]);

/** What a page links to. */
export const assetLink = (path: AssetPath): string => `${path}?v=${assets.get(path)?.version}`;
