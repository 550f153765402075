// What the one-file programs have for koffi: its binary alone, by the package of this machine. koffi's
// own package finds the same, but weighs as much again and has an install script, which is asked about
// or run where it is installed, and of which nothing is needed.
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
