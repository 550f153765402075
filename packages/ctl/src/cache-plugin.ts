import { splitCommand } from '@tsvisor/config';
import { pythonRepr } from '@tsvisor/rpc';
import type { RpcValue } from '@tsvisor/rpc';

import type { ControlPluginFactory, PluginController } from './plugin-interface.ts';

interface CacheAction {
  readonly name: string;
  readonly words: readonly string[];
  readonly doc: string;
  run(controller: PluginController, words: readonly string[]): Promise<unknown>;
  readonly prints?: true;
}

const actions: readonly CacheAction[] = [
  {
    name: 'cache_clear',
    words: [],
    doc: 'Forget everything in the cache.',
    run: (controller) => controller.call('cache.clear'),
  },
  {
    name: 'cache_count',
    words: [],
    doc: 'Print how many values the cache keeps.',
    run: (controller) => controller.call('cache.getCount'),
    prints: true,
  },
  {
    name: 'cache_delete',
    words: ['key'],
    doc: 'Forget the value under <key>.',
    run: (controller, words) => controller.call('cache.delete', ...words),
  },
  {
    name: 'cache_fetch',
    words: ['key'],
    doc: 'Print the value under <key>.',
    run: (controller, words) => controller.call('cache.fetch', ...words),
    prints: true,
  },
  {
    name: 'cache_keys',
    words: [],
    doc: 'Print the keys of the cache.',
    run: (controller) => controller.call('cache.getKeys'),
    prints: true,
  },
  {
    name: 'cache_store',
    words: ['key', 'value'],
    doc: 'Keep <value> under <key>.',
    run: (controller, words) => controller.call('cache.store', ...words),
  },
];

/** `supervisor_cache.controllerplugin:make_cache_controllerplugin`: the cache, from tsvctl. */
export const cachePlugin: ControlPluginFactory = (controller) =>
  Object.fromEntries(
    actions.flatMap((action) => [
      [`do_${action.name}`, (argument: string) => obey(action, argument, controller)],
      [`help_${action.name}`, () => helpOf(action)],
    ]),
  );

async function obey(
  action: CacheAction,
  argument: string,
  controller: PluginController,
): Promise<void> {
  const words = splitCommand(argument);
  if (words.length !== action.words.length) {
    controller.output(helpOf(action));
    return;
  }
  const result = (await action.run(controller, words)) as RpcValue;
  if (action.prints) controller.output(pythonRepr(result));
}

const helpOf = ({ name, words, doc }: CacheAction): string =>
  `${[name, ...words.map((word) => `<${word}>`)].join(' ')}\t${doc}`;
