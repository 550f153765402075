import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Fuzzer } from '../../../../fuzz/fuzzer.ts';
import {
  ConfigError,
  checkConfig,
  describeConfig,
  loadConfig,
  loadControlConfig,
} from '../../src/index.ts';
import { accounts } from '../accounts.ts';
import { mutatedConfig } from './config-mutations.ts';

/** No file of these sizes takes so long, by far. */
const PATIENCE_MS = 2000;

/** Files as people write them, with mistakes: understood, or refused in one message that says where. */
export const wholeFuzzer: Fuzzer = {
  name: 'config',
  open() {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'config-')));
    const path = join(folder, 'supervisord.conf');
    const source = {
      path,
      programName: '/usr/bin/tsvd',
      overrides: {},
      environment: { HOME: '/root', WORD: 'a word', PERCENT: '50%', QUOTE: 'a"b' },
      accounts,
      cwd: folder,
      hostName: 'host',
    };
    return {
      one(random) {
        const text = mutatedConfig(random).replaceAll('{dir}', folder);
        writeFileSync(path, text);
        const start = performance.now();
        understoodOrRefused(text, () => describeConfig(loadConfig(source), folder));
        understoodOrRefused(text, () => checkConfig(source));
        understoodOrRefused(text, () => loadControlConfig(source));
        const took = performance.now() - start;
        if (took > PATIENCE_MS) throw new Error(`${text}\ntakes ${Math.round(took)} ms`);
      },
      close: () => rmSync(folder, { recursive: true }),
    };
  },
};

function understoodOrRefused(text: string, read: () => unknown): void {
  try {
    JSON.stringify(read());
  } catch (error) {
    if (error instanceof ConfigError && error.message !== '' && error.file !== undefined) return;
    throw new Error(`${text}\nends in ${String(error)}`, { cause: error });
  }
}
