import type { ValueType } from './type.ts';

/** `module:function` */
export const pluginSpec: ValueType<string> = { name: 'module:function', read: (given) => given };
