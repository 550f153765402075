import { readSignal, shortSignalName } from '../signals.ts';
import type { ValueType } from './type.ts';

export const signal: ValueType<number> = {
  name: 'signal',
  read: readSignal,
  show: shortSignalName,
};
