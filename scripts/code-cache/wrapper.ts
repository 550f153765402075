/** For a mark that is not known yet: as long as any. */
export const NO_MARK = '0'.repeat(64);

const PARAMETERS = 'exports,require,module,__filename,__dirname';

/**
 * What a program begins with: the mark by which a code cache knows the build that it was made of, and
 * the `import` of packages/config/src/import-module.ts for where it runs without a cache. The program
 * is a function of what a module gets. Its runner (run.cjs) calls it, and need not put a megabyte of
 * text together first; where node itself runs the file, it is called at once.
 */
export const header = (mark: string): string => `//${mark}
(program=>typeof exports==="undefined"?program:program(${PARAMETERS}))((function(${PARAMETERS}){"use strict";
globalThis[Symbol.for("tsvisor.import")]??=(url)=>import(url);`;

/** What it ends with. */
export const footer = '}));';
