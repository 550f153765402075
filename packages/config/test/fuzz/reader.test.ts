import { holdsForAll } from '../../../../fuzz/in-jest.ts';
import { readerFuzzer } from './reader.ts';

holdsForAll('any file is read as Python reads it, or refused in the same words', readerFuzzer);
