// The engine
export { Supervisor } from './supervisor.ts';
export type { Totals } from './supervisor.ts';
export type { SupervisorOptions } from './supervisor-options.ts';
export type { Mood } from './ending/life.ts';
export { configFrom, configFromFile, configFromText, readGuestProgram } from './embed/config.ts';
export type {
  CreateOptions,
  HostLogger,
  HostOptions,
  ListenOptions,
  ShutdownOptions,
  StreamOptions,
} from './embed/options.ts';
export type { Usage } from './process/usage.ts';
export type { FailedUpdate, UpdateResult } from './update/perform.ts';
export { DOCKER_STOP_SECONDS, stopPlan } from './ending/stop-plan.ts';
export type { StopBatch, StopPlan } from './ending/stop-plan.ts';
export type { Group } from './group/group.ts';
export { namespecText, parseNamespec } from './group/namespec.ts';
export type { Namespec } from './group/namespec.ts';
export { byPriority } from './group/sequence.ts';
export type { ExitStatus } from './process/exit-status.ts';
export type { Process } from './process/process.ts';
export type { WaitOptions } from './process/steering.ts';
export type { LinesOptions, OutputReadOptions } from './process/output.ts';
export type { Reading } from './feed.ts';
export type { ProcessInfo } from './process/info.ts';
export { isRunning, isSignallable, isStopped, processStates } from './process/states.ts';
export { supervisorStates } from './process/states.ts';
export type { ProcessState, SupervisorState } from './process/states.ts';

// Events
export { EventBus } from './events/bus.ts';
export type { EventListener } from './events/bus.ts';
export { eventNames } from './events/hierarchy.ts';
export type { EventName, EventOf } from './events/hierarchy.ts';
export { payloadOf } from './events/payload.ts';
export type { ListenerState } from './events/listener.ts';
export { printOutput } from './events/print-output.ts';
export { RejectEvent } from './events/result-handlers.ts';
export type { ResultHandler, ResultHandlers } from './events/result-handlers.ts';
export { Serials } from './events/serials.ts';
export type {
  Channel,
  EventProcess,
  EventType,
  OutputEvent,
  ProcessStateEvent,
  SupervisorEvent,
} from './events/types.ts';

// Logs
export type { ChildLog } from './logs/child-log.ts';
export { autoLogPattern, removeOldAutoLogs } from './logs/auto-log.ts';
export type { MainLog } from './logs/main/main-log.ts';
export { openMainLog } from './logs/main/open-main-log.ts';
export { OwnStdout } from './logs/main/own-stdout.ts';
export { readLogFile } from './logs/reading/log-reader.ts';
export { Tail, followLog } from './logs/reading/tail.ts';
export type { Deliver, FollowOptions, Follower, Place, Truncation } from './logs/reading/follow.ts';
export { logLevels } from './logger.ts';
export type { Logger } from './logger.ts';

// What it stands on
export { systemClock } from './clock.ts';
export type { Cancel, Clock } from './clock.ts';
export { posixKernel } from './kernel/posix-kernel.ts';
export type { Attendance, Attendant, Kernel } from './kernel.ts';

// Errors
export { SpawnError, SupervisorError, traceback } from './errors.ts';
export type { SupervisorErrorCode } from './errors.ts';

// The configuration it is given, for those who know only this package
export {
  ConfigError,
  describeConfig,
  isModulePlugin,
  loadPlugin,
  parseSignal,
  resolvableByDefault,
} from '@tsvisor/config';
export type {
  ChannelConfig,
  Config,
  ConfigOptions,
  EventListenerOptions,
  FcgiProgramOptions,
  GroupConfig,
  GroupOptions,
  InetServerConfig,
  OptionsOfSupervisord,
  OutputOptions,
  Owner,
  ProcessConfig,
  ProgramOptions,
  ProgramSection,
  RpcInterfaceConfig,
  ServerConfig,
  SupervisordConfig,
  UnixServerConfig,
} from '@tsvisor/config';
