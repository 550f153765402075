import { BadValue } from '../errors.ts';
import { octal } from './plain.ts';
import type { ValueType } from './type.ts';

/** The mode of a socket file; what is wrong with it is said of the option, in supervisord's words. */
export const fileMode = (option: string): ValueType<number> => ({
  ...octal,
  read(given, world) {
    try {
      return octal.read(given, world);
    } catch {
      throw new BadValue(`Invalid ${option} value ${given}`);
    }
  },
});
