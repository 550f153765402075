import { eventTypes } from '../event-types.ts';
import type { EventListenerPoolConfig, Owner, ProgramGroupConfig, UserId } from '../types.ts';
import { fileMode } from '../values/file-mode.ts';
import { ownerOf, user } from '../values/owners.ts';
import { boolean, integer, list, readList, text } from '../values/plain.ts';
import { pluginSpec } from '../values/plugin.ts';
import type { ValueType } from '../values/type.ts';
import type { OptionTable } from './table.ts';

/** `[group:x]` */
export const groupOptions = {
  programs: {
    type: list,
    default: '',
    doc: 'The programs of the group, in the order in which they start.',
  },
  priority: {
    to: 'priority',
    type: integer,
    default: '999',
    doc: 'Groups with lower numbers start first and stop last.',
  },
} satisfies OptionTable<ProgramGroupConfig>;

/** `[program:x]` that is in no group, for the group it makes. */
export const ownGroupOptions = {
  priority: groupOptions.priority,
} satisfies OptionTable<ProgramGroupConfig>;

const eventNames: ValueType<readonly string[]> = {
  name: 'list of event types',
  read: (given) => [...new Set(readList(given).map((name) => name.toUpperCase()))].toSorted(),
};

/** `[eventlistener:x]`, for its pool. */
export const eventListenerOptions = {
  priority: {
    to: 'priority',
    type: integer,
    default: '-1',
    doc: 'As for a group; listeners start before programs unless it says otherwise.',
  },
  buffer_size: {
    to: 'bufferSize',
    type: integer,
    default: '10',
    doc: 'How many events wait for a listener; when there are more, the oldest is dropped.',
    check: (size, { section }) =>
      size! < 1 ? `[${section}] section sets invalid buffer_size (${size})` : undefined,
  },
  result_handler: {
    to: 'resultHandler',
    type: pluginSpec,
    default: 'supervisor.dispatchers:default_handler',
    doc: 'What judges the answers of the listener.',
    check: (spec, { section, world }) => {
      const answer = world.resolvable('result_handler', spec!);
      return answer === true
        ? undefined
        : `${spec} cannot be resolved within [${section}]: ${answer}`;
    },
  },
  listener_recover: {
    to: 'recoversListeners',
    type: boolean,
    default: 'false',
    isOwn: true,
    doc: 'Restarts a listener that has violated the protocol, which gets no events otherwise.',
  },
  events: {
    to: 'events',
    type: eventNames,
    default: '',
    defaultDoc: 'required',
    doc: 'The events that the listener wants.',
    check: (names, { section }) => {
      if (names!.length === 0) return `[${section}] section requires an "events" line`;
      const unknown = names!.find((name) => !Object.hasOwn(eventTypes, name));
      return unknown === undefined
        ? undefined
        : `Unknown event type ${unknown} in [${section}] events`;
    },
  },
  redirect_stderr: {
    type: boolean,
    default: 'false',
    doc: 'Must be false: standard output belongs to the listener protocol.',
    check: (isOn, { section }) =>
      isOn
        ? `[${section}] section sets redirect_stderr=true but this is not allowed because it will interfere with the eventlistener protocol`
        : undefined,
  },
} satisfies OptionTable<EventListenerPoolConfig>;

/** What a FastCGI socket is made of. */
interface FcgiSettings {
  readonly priority: number;
  readonly user: UserId | null;
  readonly backlog: number | null;
  readonly owner: Owner | null;
  readonly mode: number | null;
  readonly url: string;
}

/** `[fcgi-program:x]` that is in no group, for its socket. */
export const fcgiProgramOptions = {
  priority: groupOptions.priority,
  user: {
    to: 'user',
    type: user,
    default: null,
    doc: 'Who the program runs as; owns the socket unless `socket_owner` says otherwise.',
  },
  socket_backlog: {
    to: 'backlog',
    type: integer,
    default: null,
    defaultDoc: 'as large as the kernel allows',
    doc: 'How many connections wait to be accepted, 1 to 65535.',
    check: (backlog) =>
      backlog !== null && (backlog < 1 || backlog > 65535)
        ? `Invalid socket_backlog value ${backlog}`
        : undefined,
  },
  socket_owner: {
    to: 'owner',
    type: ownerOf((given) => `Invalid socket_owner value ${given}`),
    default: null,
    defaultDoc: "the program's user",
    doc: 'Who owns a unix socket.',
  },
  socket_mode: {
    to: 'mode',
    type: fileMode('socket_mode'),
    default: null,
    defaultDoc: '0700',
    doc: 'The file mode of a unix socket.',
  },
  socket: {
    to: 'url',
    type: text,
    default: null,
    defaultDoc: 'required',
    doc: 'The socket that the processes share: `unix:///path` or `tcp://host:port`.',
    check: (socket, { section }) =>
      socket ? undefined : `[${section}] section requires a "socket" line`,
  },
} satisfies OptionTable<FcgiSettings>;
