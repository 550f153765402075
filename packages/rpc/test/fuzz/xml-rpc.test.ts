import { holdsForAll } from '../../../../fuzz/in-jest.ts';
import { codecFuzzer } from './codec.ts';
import { decoderFuzzer } from './decoder.ts';

holdsForAll('a request is read as supervisord reads it, or refused', decoderFuzzer);
holdsForAll('what is written is read back, by each of the readers', codecFuzzer);
