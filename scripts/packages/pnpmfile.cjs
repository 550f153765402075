// What pnpm is told while it packs. What is in a tarball is for those who install it, and the same
// each time: pnpm writes dependencies in the order in which it has found their versions.
'use strict';

const sorted = (record = {}) =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

module.exports = {
  hooks: {
    beforePacking(manifest) {
      const packed = { ...manifest, dependencies: sorted(manifest.dependencies) };
      delete packed.devDependencies;
      delete packed.scripts;
      return packed;
    },
  },
};
