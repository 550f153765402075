import { BadValue } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import { strip } from '../python/text.ts';
import { readAbsolute } from './paths.ts';
import type { ValueType } from './type.ts';

/** Has a scheme, and a host or a path. Which schemes work is found out on use. */
export const url: ValueType<string> = {
  name: 'URL',
  read(given) {
    const match = /^[a-z][a-z0-9+.-]*:(?:\/\/([^/?#]*))?([^?#]*)/i.exec(given);
    const [, host = '', path = ''] = match ?? [];
    if (host.includes('[') !== host.includes(']')) throw new BadValue('Invalid IPv6 URL');
    if (host === '' && path === '') throw new BadValue(`value ${pythonRepr(given)} is not a URL`);
    return given;
  },
};

/** null: the first server of the file. */
export const programServerUrl: ValueType<string | null> = {
  name: 'URL or AUTO',
  read: (given) => (strip(given).toUpperCase() === 'AUTO' ? null : given),
};

/** Where tsvctl connects to. */
export const controlServerUrl: ValueType<string> = {
  name: 'URL',
  read(given, world) {
    const path = given.startsWith('unix://') ? given.slice('unix://'.length) : undefined;
    return path === undefined ? given : `unix://${readAbsolute(path, world)}`;
  },
};
