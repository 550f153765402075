// Runs before anything is painted, so that nobody who chose dark is dazzled by a flash of light.
import { chosenScheme, showScheme } from './scheme.ts';

showScheme(chosenScheme());
