// Preloaded into a program that is run by PROGRAM.cached.cjs: writes the code that V8 has made of
// what ran, to the file that CODE_CACHE names, when the parent asks for it, or at the exit.
'use strict';
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

const cache = process.env.CODE_CACHE;
delete process.env.CODE_CACHE;
let program;
let mark;

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    program ??= this;
    mark ??= readFileSync(options.filename, 'latin1').slice(2, 66);
  }
};

function record() {
  // As they were: the daemon changes them (packages/daemon/src/heap.ts), and V8 takes code back only
  // where all flags are as they were when it was made.
  v8.setFlagsFromString('--semi-space-growth-factor=2');
  v8.setFlagsFromString('--no-optimize-for-size');
  v8.setFlagsFromString('--max-semi-space-size=0');
  writeFileSync(`${cache}.new`, Buffer.concat([Buffer.from(mark), program.createCachedData()]));
  renameSync(`${cache}.new`, cache);
}

if (process.channel === undefined) {
  process.on('exit', record);
} else {
  process.once('message', () => {
    record();
    process.send('recorded');
  });
}
