import { holdsForAll } from '../../../../fuzz/in-jest.ts';
import { readerFuzzer } from './reader.ts';
import { wholeFuzzer } from './whole.ts';
import { wordsFuzzer } from './words.ts';

holdsForAll('any file is read as Python reads it, or refused in the same words', readerFuzzer);
holdsForAll('any file is understood, or refused with what is wrong and in which file', wholeFuzzer);
holdsForAll('commands and environments are taken apart as Python does', wordsFuzzer);
