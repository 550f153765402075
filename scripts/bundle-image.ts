// Makes a copy of tsvisor that needs nothing of the system it runs on but a kernel and a POSIX
// shell: node, its loader and libraries, koffi, the programs, all below one prefix.
//
//   pnpm bundle-image [--prefix=/opt/tsvisor] [--icu=english|full] [--no-archive] [FOLDER]
//
// FOLDER (default dist/image/opt/tsvisor) is made anew, and FOLDER.tar.gz beside it. The kernel
// wants the absolute path of the loader: the copy runs at its prefix, or through a link there.
// Intl knows English alone, unless --icu=full asks for 30 MB more: tsvisor needs no other.
// The same sources, node and libraries give the same bytes.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { pack } from './image/archive.ts';
import { relinked, stripped } from './image/elf.ts';
import { Folder } from './image/folder.ts';
import { englishOnly } from './image/icu.ts';
import { linkageOf } from './image/libraries.ts';
import { licencesOf, packagesIn } from './image/licences.ts';
import { readme } from './image/readme.ts';

process.chdir(join(import.meta.dirname, '..'));

const { values, positionals } = parseArgs({
  options: {
    prefix: { type: 'string', default: '/opt/tsvisor' },
    icu: { type: 'string', default: 'english' },
    'no-archive': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const { prefix, icu } = values;
if (icu !== 'english' && icu !== 'full') {
  throw new Error(`cannot bundle with --icu=${icu}: english and full are known`);
}
if (!prefix.startsWith('/')) throw new Error(`cannot bundle for ${prefix}: not an absolute path`);
const target = resolve(positionals[0] ?? 'dist/image/opt/tsvisor');
if (process.platform !== 'linux' || process.arch !== 'x64') {
  throw new Error(`cannot bundle for ${process.platform}-${process.arch}: only linux-x64 is made`);
}

/** Those of all programs; supervisord's names are links among them. */
const launchers = ['packages/daemon/bin', 'packages/ctl/bin'].flatMap((bin) =>
  readdirSync(bin).map((name) => join(bin, name)),
);

const folder = new Folder(target);
const node = process.execPath;
const koffi = filesOfKoffi();
const addons = koffi.filter(({ file }) => file.endsWith('.node')).map(({ file }) => file);
const { loader, libraries } = linkageOf(node, addons);

const whole = stripped(readFileSync(node));
const image = icu === 'full' ? whole : englishOnly(whole);
const interpreter = `${prefix}/lib/${loader.name}`;
folder.write('bin/node', relinked(image, { interpreter, libraryPath: `${prefix}/lib` }), 0o755);
folder.write(`lib/${loader.name}`, readFileSync(loader.file), 0o755);
for (const { name, file } of libraries) folder.write(`lib/${name}`, readFileSync(file));
for (const { name, file } of koffi) folder.write(`node_modules/${name}`, readFileSync(file));

const packages = new Set([realpathSync('packages/posix/node_modules/koffi')]);
for (const launcher of launchers) {
  const name = basename(launcher);
  if (lstatSync(launcher).isSymbolicLink()) {
    for (const bin of ['bin', 'no-shell']) folder.link(`${bin}/${name}`, readlinkSync(launcher));
    continue;
  }
  folder.write(`bin/${name}`, readFileSync(launcher), 0o755);
  const file = whatItStarts(launcher);
  const program = join(dirname(launcher), '../dist', file);
  if (!existsSync(program)) throw new Error(`cannot find ${program}: run \`pnpm build\` first`);
  folder.write(`dist/${file}`, readFileSync(program));
  folder.write(`no-shell/${name}`, withoutShell(file), 0o755);
  if (!file.endsWith('.cjs')) continue;
  for (const one of packagesIn(`${program}.map`)) packages.add(one);
}
for (const { name, text } of licencesOf(node, [loader, ...libraries], [...packages].toSorted())) {
  folder.write(`licences/${name}`, text);
}
folder.write(
  'README',
  readme({ prefix, icu, node: process.version, sources: sourcesOf(libraries) }),
);
folder.writeChecksums('SHA256SUMS');

const bytes = folder.files().reduce((sum, name) => sum + statSync(join(target, name)).size, 0);
const megabytes = (size: number): string => `${(size / 1e6).toFixed(1)} MB`;
console.log(`${target}: ${megabytes(bytes)}, runs at ${prefix}`);
if (!values['no-archive']) {
  pack(dirname(target), basename(target), `${target}.tar.gz`);
  console.log(`${target}.tar.gz: ${megabytes(statSync(`${target}.tar.gz`).size)}`);
}

/** The file of ../dist that a launcher runs, or prints. */
function whatItStarts(launcher: string): string {
  const text = readFileSync(launcher, 'utf8');
  const file = /"\$here\/\.\.\/dist\/([^"]+)"/.exec(text)?.[1];
  if (file === undefined) throw new Error(`cannot tell which file of dist/ ${launcher} starts`);
  return file.replace('$program', basename(launcher));
}

/** For an image without a shell: the kernel starts node itself. */
function withoutShell(file: string): string {
  const act = file.endsWith('.cjs')
    ? `require('../dist/${file}');`
    : `process.stdout.write(require('node:fs').readFileSync(\`\${__dirname}/../dist/${file}\`));`;
  return `#!${prefix}/bin/node\n${act}\n`;
}

interface FileOfPackage {
  readonly name: string;
  readonly file: string;
}

/** What a program loads of koffi, which is one of the binaries for this machine. */
function filesOfKoffi(): FileOfPackage[] {
  const from = resolve('packages/daemon/package.json');
  const script =
    'require("node:module").createRequire(process.argv[1])(`@koromix/koffi-linux-${process.arch}`);' +
    'console.log(JSON.stringify(Object.keys(require.cache)))';
  const loaded = JSON.parse(
    execFileSync(node, ['-e', script, from], { encoding: 'utf8' }),
  ) as string[];
  const wanted = new Map<string, FileOfPackage>();
  for (const file of loaded) {
    const match = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file);
    if (match === null) continue;
    const [, packageFolder, name] = match as unknown as [string, string, string];
    for (const one of [file, join(packageFolder, 'package.json')]) {
      wanted.set(one, { name: name + one.slice(packageFolder.length), file: one });
    }
  }
  return [...wanted.values()];
}

/** The Debian source packages of the libraries: where their source is, as their licence asks. */
function sourcesOf(all: readonly { readonly file: string }[]): string[] {
  if (!existsSync('/usr/bin/dpkg-query')) return [];
  const query = (args: string[]): string =>
    execFileSync('dpkg-query', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const names = all.map(({ file }) => ownerOf(file, query));
  const format = '-f=${source:Package} ${source:Version}\\n';
  return [
    ...new Set(
      query(['-W', format, ...new Set(names)])
        .trim()
        .split('\n'),
    ),
  ].toSorted();
}

/** dpkg knows a file by the path that it was unpacked to, which may be without /usr. */
function ownerOf(file: string, query: (args: string[]) => string): string {
  for (const path of [file, file.replace(/^\/usr/, '')]) {
    try {
      return query(['-S', path]).split(': ')[0] as string;
    } catch {
      // Not by this path.
    }
  }
  throw new Error(`cannot tell which Debian package ${file} is from`);
}
