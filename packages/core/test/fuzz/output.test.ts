import { holdsForAll } from '../../../../fuzz/in-jest.ts';
import { captureFuzzer, lineFormatFuzzer } from './output.ts';

holdsForAll('what is captured, logged and told is the same however output is cut', captureFuzzer);
holdsForAll('lines are worded the same however output is cut', lineFormatFuzzer);
