import { Signals } from './signals.ts';

// First of all: a signal that comes while the program loads is kept (difference D3).
const signals = new Signals(process);

void import('./program.ts').then(({ runProgram }) => runProgram(signals));
