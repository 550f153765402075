// What echo_supervisord_conf prints, read back as a configuration.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { checkConfig, loadConfig, loadControlConfig, sectionKinds } from '@tsvisor/config';
import type { ConfigSource, ControlSource } from '@tsvisor/config';

import { sampleConfig } from '../src/sample-config/sample-config.ts';

const sample = sampleConfig();
const lines = sample.split('\n');
/** With every option set that is shown with a value. */
const everything = lines.map((line) => line.replace(/^;(?=\[|\S+ ?= ?\S)/, '')).join('\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nobody = { name: 'nobody', uid: 65534, gid: 65534, home: '/' };
const nogroup = { name: 'nogroup', gid: 65534 };

function source(text: string): ConfigSource {
  const path = join(folder, 'supervisord.conf');
  writeFileSync(path, text);
  return {
    path,
    programName: 'supervisord',
    overrides: {},
    environment: { HOME: '/root' },
    accounts: {
      userByName: () => nobody,
      userById: () => nobody,
      groupByName: () => nogroup,
      groupById: () => nogroup,
    },
    resolvable: () => true,
  };
}

function controlSource(text: string): ControlSource {
  const { path, programName, environment, accounts, resolvable } = source(
    text,
  ) as Required<ConfigSource>;
  return { path, programName, environment, accounts, resolvable, overrides: {} };
}

/** The statements that are in force, by section. */
function statements(): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let section: string[] = [];
  for (const line of lines.filter((one) => one !== '' && !one.startsWith(';'))) {
    if (line.startsWith('[')) section = found[line] = [];
    else section.push(line);
  }
  return found;
}

describe('the sample configuration', () => {
  test('sets what supervisord’s own sets, and no more', () => {
    const active = statements();
    expect(Object.keys(active)).toEqual([
      '[unix_http_server]',
      '[supervisord]',
      '[rpcinterface:supervisor]',
      '[supervisorctl]',
    ]);
    expect(active['[unix_http_server]']).toEqual(['file=/tmp/supervisor.sock']);
    expect(active['[supervisord]']?.toSorted()).toEqual([
      'logfile=/tmp/supervisord.log',
      'logfile_backups=10',
      'logfile_maxbytes=50MB',
      'loglevel=info',
      'minfds=1024',
      'minprocs=200',
      'nodaemon=false',
      'pidfile=/tmp/supervisord.pid',
      'silent=false',
    ]);
    expect(active['[rpcinterface:supervisor]']).toEqual([
      'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
    ]);
    expect(active['[supervisorctl]']).toEqual(['serverurl=unix:///tmp/supervisor.sock']);
  });

  test('is read as it stands, by the daemon and by its client, without a warning', () => {
    const config = loadConfig(source(sample));
    expect(config.supervisord).toMatchObject({ logfile: '/tmp/supervisord.log', noDaemon: false });
    expect(config.servers).toMatchObject([{ family: 'unix', file: '/tmp/supervisor.sock' }]);
    expect(config.groups).toEqual([]);
    expect(checkConfig(source(sample))).toEqual([]);
    expect(loadControlConfig(controlSource(sample)).serverUrl).toBe('unix:///tmp/supervisor.sock');
  });

  test('is still read when every option in it is set', () => {
    const config = loadConfig(source(everything));
    const processes = config.groups.flatMap((group) => group.processes.map(({ name }) => name));
    expect(processes.toSorted()).toEqual([
      'theeventlistenername',
      'thefcgiprogramname',
      'theprogramname',
    ]);
    expect(config.rpcInterfaces.map(({ options }) => options)).toEqual([{}, { key: 'value' }]);
    expect(checkConfig(source(everything))).toEqual([]);
    expect(loadControlConfig(controlSource(everything)).plugins).toHaveLength(1);
  });

  test.each(sectionKinds.map((kind) => [kind.name, kind] as const))(
    'shows every option of [%s]',
    (name, kind) => {
      const start = lines.findLastIndex((line) => line.replace(/^;/, '').startsWith(`[${name}`));
      const end = lines.indexOf('', start);
      const shown = lines
        .slice(start, end)
        .map((line) => /^;?([\w.]+) ?=/.exec(line)?.[1])
        .filter(Boolean);
      expect(shown).toEqual(
        expect.arrayContaining([...new Set(kind.tables.flatMap((table) => Object.keys(table)))]),
      );
    },
  );

  test('is plain ASCII in lines that fit a terminal', () => {
    expect(sample).toMatch(/^[\n\x20-\x7e]*$/);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
