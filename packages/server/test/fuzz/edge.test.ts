import { holdsForAll } from '../../../../fuzz/in-jest.ts';
import { edgeFuzzer } from './edge.ts';

holdsForAll('each request gets an answer that is HTTP, whatever came before it', edgeFuzzer);
