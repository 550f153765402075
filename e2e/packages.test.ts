// What a registry would be given: packed, looked at, and installed by npm into empty folders.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { packagesIn } from '../scripts/image/licences.ts';
import { pack } from '../scripts/packages/pack.ts';
import {
  Tarball,
  filesBelow,
  install,
  isExecutable,
  newcomer,
  runIn,
  withRegistry,
} from './support/packages.ts';
import { Sandbox, fromRoot, waitFor } from './support/sandbox.ts';

const libraries = ['@tsvisor/config', '@tsvisor/posix', '@tsvisor/core', '@tsvisor/rpc'];
const programs = ['tsvisor', '@tsvisor/daemon', '@tsvisor/ctl'];
const names = [...libraries, '@tsvisor/server', ...programs];

let box: Sandbox;
let tarballs: ReadonlyMap<string, Tarball>;
const tarball = (name: string): Tarball => tarballs.get(name) as Tarball;
const tarballsOf = (wanted: readonly string[]): string[] =>
  wanted.map((name) => tarball(name).file);

beforeAll(async () => {
  box = new Sandbox();
  const packed = await pack(box.path('packed'));
  tarballs = new Map(packed.map(({ name, file }) => [name, new Tarball(file)]));
}, 60_000);
afterAll(() => box.close());

/** A new folder of a user, with these files. */
function project(name: string, files: Readonly<Record<string, string>> = {}): string {
  mkdirSync(box.path(name));
  const about = JSON.stringify({ private: true, type: 'module' });
  for (const [file, text] of Object.entries({ 'package.json': about, ...files })) {
    writeFileSync(join(box.path(name), file), text);
  }
  return box.path(name);
}

describe('every package', () => {
  test('is packed', () => {
    expect([...tarballs.keys()].toSorted()).toEqual(names.toSorted());
  });

  test('is packed to the same bytes again', async () => {
    const sum = (file: string): string =>
      createHash('sha256').update(readFileSync(file)).digest('hex');
    for (const { name, file } of await pack(box.path('again'))) {
      expect({ name, sum: sum(file) }).toEqual({ name, sum: sum(tarball(name).file) });
    }
  }, 60_000);

  test.each(names)('%s has what its package.json names, a README and a licence', (name) => {
    const { manifest, folder } = tarball(name);
    const files = tarball(name).files();
    const { bin = {}, exports = {} } = manifest;
    const named = [...Object.values(bin), ...Object.values(exports)].flatMap((value) =>
      typeof value === 'string' ? [value] : Object.values(value),
    );
    const wanted = ['README.md', 'LICENSE', ...named.map((file) => file.replace(/^\.\//, ''))];
    expect(files).toEqual(expect.arrayContaining(wanted));
    for (const file of Object.values(bin)) expect(isExecutable(join(folder, file))).toBe(true);
    expect(manifest).toMatchObject({
      version: '0.1.0',
      license: 'MIT',
      description: expect.stringMatching(/./),
      engines: { node: '>=20' },
      publishConfig: { access: 'public' },
    });
  });

  test.each(names)('%s has no test, nothing of the build and nothing of this machine', (name) => {
    const files = tarball(name).files();
    expect(files.filter((file) => /test\.|tsbuildinfo|fixtures|\.cache/.test(file))).toEqual([]);
    const root = fromRoot('').replace(/\/$/, '');
    expect(files.filter((file) => tarball(name).read(file).includes(`${root}/`))).toEqual([]);
  });

  test('the images of the examples install the one that there is', () => {
    for (const example of ['two-services-image', 'sysctl-image']) {
      const text = readFileSync(fromRoot(`examples/${example}/Dockerfile`), 'utf8');
      expect(text).toContain(`COPY --from=packages ${basename(tarball('tsvisor').file)} /tmp/`);
    }
  });

  test.each(names)('%s runs no script when it is installed', (name) => {
    expect(tarball(name).manifest.scripts ?? {}).toEqual({});
  });

  test.each(names)('%s depends on all that it imports, and on nothing else', (name) => {
    const { dependencies = {}, optionalDependencies = {} } = tarball(name).manifest;
    const asked = new Set(importedBy(tarball(name)));
    // Which of them is there, the program finds out: see packages/posix/src/koffi.ts.
    for (const one of Object.keys(optionalDependencies)) expect(one).toMatch(/^@koromix\/koffi-/);
    expect([...asked].toSorted()).toEqual(Object.keys(dependencies).toSorted());
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test.each(programs)('%s lists the licence of each package that is in its programs', (name) => {
    const listed = [
      ...tarball(name)
        .read('THIRD-PARTY-NOTICES.txt')
        .matchAll(/^==== (.+)-\d\S*$/gm),
    ].map((match) => match[1]);
    const files = tarball(name).files();
    const contained = ['daemon/dist/tsvd', 'daemon/dist/pidproxy', 'ctl/dist/tsvctl']
      .filter((file) => files.includes(`${file.replace(/^\w+\//, '')}.cjs`))
      .flatMap((file) => packagesIn(fromRoot(`packages/${file}.cjs.map`)))
      .map(
        (folder) =>
          /(?:(@[^/]+)\/)?([^/]+)$/.exec(folder)?.slice(1).filter(Boolean).join('-') ?? '',
      );
    expect(contained).not.toEqual([]);
    expect(listed).toEqual([...new Set(contained)].toSorted());
  });
});

/** ws is quicker with them, and goes on without. */
const triedOnly = ['bufferutil', 'utf-8-validate'];

/** The packages that a package's JavaScript and declarations ask for. */
function importedBy(one: Tarball): string[] {
  const imports = /(?:\bfrom|\bimport\(|\bimport|\brequire\()\s*["'](@?[\w][\w./:-]*)["']/g;
  return one
    .files()
    .filter((file) => /^dist\/.*\.(js|cjs|d\.ts)$/.test(file))
    .flatMap((file) => [...withoutComments(one.read(file)).matchAll(imports)])
    .map((match) => /^(@[^/]+\/)?[^/]+/.exec(match[1] as string)?.[0] as string)
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
    .filter((name) => name !== one.manifest.name && !triedOnly.includes(name));
}

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

const twoServices = `[supervisord]
nodaemon=true
logfile=/dev/null
logfile_maxbytes=0
pidfile=%(here)s/pid

[unix_http_server]
file=%(here)s/s

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://%(here)s/s

[program:web]
command=sleep 1000

[program:queue]
command=sleep 1000
`;

describe('npm install tsvisor', () => {
  withRegistry(
    'brings all programs, by their old names too, and npx runs them',
    async () => {
      const folder = project('programs', { 'two-services.conf': twoServices });
      await install(folder, tarballsOf(['tsvisor']));
      const npx = (...words: string[]) => runIn(folder, 'npx', ['--no-install', ...words]);

      const daemon = box.run(
        '/bin/sh',
        ['-c', `cd "${folder}" && exec npx --no-install tsvd -n -c two-services.conf`],
        newcomer,
      );
      await waitFor('both to run', () => daemon.stdout().split('RUNNING state').length > 2);
      const { stdout } = await npx('tsvctl', '-c', 'two-services.conf', 'status');
      expect(stdout).toMatch(/^queue +RUNNING .*\nweb +RUNNING .*\n$/);
      const old = (...words: string[]) =>
        runIn(folder, 'node_modules/.bin/supervisorctl', ['-c', 'two-services.conf', ...words]);
      expect((await old('restart', 'web')).stdout).toBe('web: stopped\nweb: started\n');
      expect((await old('shutdown')).status).toBe(0);
      expect((await daemon.ended()).status).toBe(0);

      for (const name of ['tsvd', 'supervisord']) {
        expect((await runIn(folder, `node_modules/.bin/${name}`, ['-v'])).stdout).toBe('0.1.0\n');
      }
      const sample = await runIn(folder, 'node_modules/.bin/echo_supervisord_conf', []);
      expect(sample.stdout).toContain('[supervisord]');
      const proxy = await runIn(folder, 'node_modules/.bin/pidproxy', ['none', 'true']);
      expect(proxy).toMatchObject({ status: 0, stderr: '' });
      const listener = await runIn(folder, '/bin/sh', [
        '-c',
        'node_modules/.bin/supervisor_stdout </dev/null',
      ]);
      expect(listener.stdout).toBe('READY\n');
    },
    60_000,
  );

  withRegistry(
    'puts two packages there, the same ones if no script may run',
    async () => {
      const [plain, ignoring] = [project('plain'), project('ignoring')];
      await install(plain, tarballsOf(['tsvisor']));
      await install(ignoring, ['--ignore-scripts', ...tarballsOf(['tsvisor'])]);
      const files = filesBelow(join(plain, 'node_modules'));
      expect(files).toEqual(filesBelow(join(ignoring, 'node_modules')));
      const manifests = files.filter((file) => file.endsWith('package.json'));
      expect(manifests).toEqual([
        `@koromix/koffi-linux-${process.arch}/package.json`,
        'tsvisor/package.json',
      ]);
    },
    60_000,
  );

  withRegistry(
    'works for all users, below a prefix with a space, without node on PATH',
    async () => {
      const prefix = project('a prefix');
      await install(prefix, ['--global', `--prefix=${prefix}`, ...tarballsOf(['tsvisor'])]);
      symlinkSync(process.execPath, join(prefix, 'bin/node'));
      const PATH = '/nowhere:/usr/bin:/bin';
      const { stdout } = await runIn(box.folder, join(prefix, 'bin/supervisord'), ['-v'], { PATH });
      expect(stdout).toBe('0.1.0\n');
    },
    60_000,
  );
});

describe('the examples with packages', () => {
  const examples = ['embed-http-server', 'embed-jobs', 'embed-testing', 'typescript-listener'];

  withRegistry(
    'are installed as their READMEs say',
    async () => {
      mkdirSync(box.path('clone/dist'), { recursive: true });
      symlinkSync(box.path('packed'), box.path('clone/dist/packages'));
      for (const name of examples) {
        const folder = box.path(`clone/examples/${name}`);
        cpSync(fromRoot(`examples/${name}`), folder, { recursive: true });
        const readme = readFileSync(join(folder, 'README.md'), 'utf8');
        const line = /^npm install .*$/m.exec(readme)?.[0] ?? 'false';
        const { status, stderr } = await runIn(folder, 'bash', ['-c', line]);
        expect({ name, status, stderr }).toMatchObject({ status: 0 });
        const check = `import('@tsvisor/core').then(({ Supervisor }) => console.log(Supervisor.name))`;
        const { stdout } = await runIn(folder, process.execPath, ['-e', check]);
        expect(stdout).toBe('Supervisor\n');
      }
    },
    120_000,
  );
});

describe('npm install @tsvisor/core', () => {
  let installed: Promise<string> | undefined;
  /** A folder with all libraries, and Node's types. */
  const library = (): Promise<string> =>
    (installed ??= (async () => {
      const folder = project('library');
      await install(folder, tarballsOf([...libraries, '@tsvisor/server', '@tsvisor/ctl']));
      mkdirSync(join(folder, 'node_modules/@types'));
      symlinkSync(fromRoot('node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
      return folder;
    })());

  async function compile(...words: readonly string[]): Promise<void> {
    const tsc = fromRoot('node_modules/typescript/bin/tsc');
    const strict = ['--ignoreConfig', '--strict', '--exactOptionalPropertyTypes'];
    const node = ['--types', 'node', '--target', 'es2022', '--lib', 'es2023,esnext.disposable'];
    const done = await runIn(await library(), process.execPath, [
      tsc,
      ...strict,
      ...node,
      ...words,
    ]);
    expect(done).toEqual({ status: 0, stdout: '', stderr: '' });
  }

  withRegistry(
    'brings nothing that has an install script',
    async () => {
      const folder = join(await library(), 'node_modules');
      const scripts = filesBelow(folder)
        .filter((file) => /^(@[^/]+\/)?[^/@]+\/package\.json$/.test(file))
        .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
        .flatMap(({ name, scripts: has = {} }: { name: string; scripts?: object }) =>
          ['preinstall', 'install', 'postinstall'].filter((one) => one in has).map(() => name),
        );
      expect(scripts).toEqual([]);
    },
    60_000,
  );

  withRegistry(
    'lets plain JavaScript supervise',
    async () => {
      const folder = await library();
      writeFileSync(join(folder, 'embed.js'), embedding);
      expect(await runIn(folder, process.execPath, ['embed.js'])).toEqual({
        status: 0,
        stdout: 'hello\nSTOPPED\n',
        stderr: '',
      });
    },
    60_000,
  );

  withRegistry(
    'lets strict TypeScript supervise, and run what it compiles',
    async () => {
      const folder = await library();
      for (const example of ['embed-jobs/jobs.ts', 'typescript-listener/crashes.ts']) {
        copyFileSync(fromRoot(`examples/${example}`), join(folder, basename(example)));
      }
      await compile('--module', 'node16', 'jobs.ts', 'crashes.ts');
      const { stdout, status } = await runIn(folder, process.execPath, ['jobs.js', 'one', 'two']);
      expect(stdout).toMatch(/^one 1\none 2\none 3\none: exit status 0\ntwo 1\n/);
      expect(status).toBe(0);
    },
    60_000,
  );

  withRegistry(
    'has types that resolve and are sound by themselves, for Node and for bundlers',
    async () => {
      writeFileSync(join(await library(), 'everything.ts'), everything);
      await compile('--noEmit', '--module', 'node16', 'everything.ts');
      await compile('--noEmit', '--module', 'node16', '--lib', 'es2020', 'everything.ts');
      await compile(
        '--noEmit',
        '--module',
        'esnext',
        '--moduleResolution',
        'bundler',
        'everything.ts',
      );
    },
    60_000,
  );
});

const embedding = `import { Supervisor } from '@tsvisor/core';
const supervisor = await Supervisor.create({
  programs: { hello: { command: ['sh', '-c', 'echo hello; exec sleep 1000'], startSeconds: 0 } },
});
for await (const line of supervisor.process('hello').lines()) {
  console.log(line);
  break;
}
await supervisor.shutdown();
console.log(supervisor.process('hello').state);
`;

const everything = `import * as config from '@tsvisor/config';
import * as core from '@tsvisor/core';
import * as listener from '@tsvisor/core/listener';
import * as testing from '@tsvisor/core/testing';
import * as posix from '@tsvisor/posix';
import * as rpc from '@tsvisor/rpc';
import * as server from '@tsvisor/server';
import type { ControlPluginFactory } from '@tsvisor/ctl/plugin';
export const make: ControlPluginFactory = () => ({});
export { config, core, listener, posix, rpc, server, testing };
`;
