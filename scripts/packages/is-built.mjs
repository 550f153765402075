// Run by pnpm before it packs a package, in its folder: what package.json names must be there.
import { existsSync, readFileSync } from 'node:fs';

const { name, bin = {}, exports = {}, files } = JSON.parse(readFileSync('package.json', 'utf8'));
const named = [bin, ...Object.values(exports)].flatMap((value) =>
  typeof value === 'string' ? [value] : Object.values(value),
);
const plain = files.filter((file) => !/[*!]/.test(file));
const missing = [...named, ...plain].filter((file) => !existsSync(file));
if (missing.length > 0) {
  console.error(`cannot pack ${name}: there is no ${missing.join(', no ')}: run \`pnpm build\``);
  process.exitCode = 1;
}
