// dist/PROGRAM.cached.cjs: runs PROGRAM.cjs beside it with the code that V8 made of it when it was
// built (PROGRAM.cache), so that next to nothing is left to compile. Code of another build is told
// by the mark in both files; code of another node, or for other flags, V8 refuses by itself: then
// the program is compiled as ever.
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const MARK_LENGTH = 64;

const file = __filename.replace(/\.cached\.cjs$/, '.cjs');
// It is ASCII alone: read so, it takes a byte a character, and no time to decode.
const source = readFileSync(file, 'latin1');

function codeOf(mark) {
  try {
    const cache = readFileSync(file.replace(/cjs$/, 'cache'));
    if (cache.latin1Slice(0, MARK_LENGTH) === mark) return cache.subarray(MARK_LENGTH);
  } catch {
    // There is none.
  }
  return undefined;
}

// For plug-ins: code that comes from a cache cannot import by itself.
globalThis[Symbol.for('tsvisor.import')] = (url) => import(url);

const script = new Script(source, {
  filename: file,
  cachedData: codeOf(source.slice(2, 2 + MARK_LENGTH)),
});
script.runInThisContext()(exports, require, module, file, __dirname);
