export { FakeClock } from './fake-clock.ts';
export { RecordingLogger } from './recording-logger.ts';
