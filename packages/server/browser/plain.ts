// Pages on which nothing moves.
import { startShell } from './shell.ts';

startShell();
