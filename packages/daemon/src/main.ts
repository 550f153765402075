import { Signals } from './signals.ts';

// First of all: a signal that comes while the program loads is kept (difference D3).
const signals = new Signals(process);

const { runProgram } = await import('./program.ts');
await runProgram(signals);
