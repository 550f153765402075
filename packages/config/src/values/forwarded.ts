import { BadValue } from '../errors.ts';
import { pythonRepr } from '../python/repr.ts';
import { parseSignal, shortSignalName } from '../signals.ts';
import type { ForwardedSignal } from '../types.ts';
import { readList } from './plain.ts';
import type { ValueType } from './type.ts';

/** What they mean to the daemon itself; what cannot be caught; what only a fault of its own raises. */
const KEPT = new Set(
  'TERM INT QUIT HUP USR2 CHLD KILL STOP SEGV BUS FPE ILL ABRT TRAP SYS PIPE XFSZ'.split(' '),
);

/** `USR1:nginx,WINCH:group:name`. Whether there is such a process is seen later. */
export const forwardedSignals: ValueType<readonly ForwardedSignal[]> = {
  name: 'list of SIGNAL:PROGRAM',
  read: (given) => readList(given).map(readOne),
  show: (value) => value.map(({ signal, process }) => `${shortSignalName(signal)}:${process}`),
};

function readOne(given: string): ForwardedSignal {
  const [name = '', process = ''] = given.split(/:(.*)/s);
  const signal = parseSignal(name);
  if (signal === undefined || signal === 0 || process === '') {
    throw new BadValue(`not a signal and a program, as in USR1:web: ${pythonRepr(given)}`);
  }
  if (KEPT.has(shortSignalName(signal))) {
    throw new BadValue(`${shortSignalName(signal)} cannot be passed on: ${pythonRepr(given)}`);
  }
  return { signal, process };
}
