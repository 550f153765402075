import { createRequire } from 'node:module';

import type { Plugin } from 'esbuild';

/** What a start need not wait for: three milliseconds of it went into modules that nobody used. */
const LATE = ['assert', 'child_process', 'fs/promises', 'module', 'timers/promises', 'tty'];
/** The programs run in no other thread than the first, and start none. */
const MAIN_THREAD = 'worker_threads';

const require = createRequire(import.meta.url);

/** Loads some of Node's own modules when one of their functions is called, or a class is used, first. */
export const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup(build) {
    const filter = new RegExp(`^(node:)?(${[...LATE, MAIN_THREAD].join('|')})$`);
    build.onResolve({ filter }, ({ path, namespace }) => {
      const name = path.replace(/^node:/, '');
      return namespace === 'late' ? { path, external: true } : { path: name, namespace: 'late' };
    });
    build.onLoad({ filter: /^/, namespace: 'late' }, ({ path }) => ({
      contents: path === MAIN_THREAD ? 'exports.isMainThread = true;' : lateModule(path),
    }));
  },
};

function lateModule(path: string): string {
  const module = require(`node:${path}`) as object;
  // A method's short form would be no constructor: the classes among them are made with `new`.
  const late = (name: string): string => {
    const member = `require("node:${path}")${name}`;
    return `function (...words) { return new.target ? new (${member})(...words) : ${member}(...words); }`;
  };
  const functions = Object.entries(module).filter(([, value]) => typeof value === 'function');
  const members = functions.map(([name]) => `${name}: ${late(`.${name}`)}`).join(', ');
  const whole = typeof module === 'function' ? late('') : '{}';
  return `module.exports = Object.assign(${whole}, { ${members} });`;
}
