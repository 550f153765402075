import { holdsForAll } from '../../../../fuzz/in-jest.ts';
import { listenerFuzzer } from './listener.ts';

holdsForAll('what a listener writes means the same however it is cut', listenerFuzzer);
