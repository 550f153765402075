// What the one-file programs have for packages/posix/src/koffi.ts: the same, found from where the program
// is, and one line instead of a stack if it is not there.
'use strict';

const name = `@koromix/koffi-linux-${process.arch}`;
try {
  module.exports = require(name);
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  console.error(
    `cannot find ${name}, by which libc is called: tsvisor needs its optional dependencies, and linux on x64 or arm64`,
  );
  process.exit(1);
}
