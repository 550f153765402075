export { FakeKernel } from './fake-kernel.ts';
export type { FakeChild } from './fake-kernel.ts';
export { FakeClock } from './fake-clock.ts';
export { RecordingLogger } from './recording-logger.ts';
export { channel, config, group, inetServer, program, single, unixServer } from './configs.ts';
