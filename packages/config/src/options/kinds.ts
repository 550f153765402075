import { controlOptions } from './control.ts';
import {
  eventListenerOptions,
  fcgiProgramOptions,
  groupOptions,
  ownGroupOptions,
} from './groups.ts';
import { includeOptions } from './include.ts';
import { controlPluginOptions, rpcInterfaceOptions } from './plugins.ts';
import { processOptions, programOptions } from './program.ts';
import { inetServerOptions, unixServerOptions } from './servers.ts';
import { supervisordOptions } from './supervisord.ts';

export interface SectionKind {
  readonly name: string;
  /** Every section whose name begins so is of this kind. */
  readonly isPrefix: boolean;
  /** What its options are, in the order in which they are read. */
  readonly tables: readonly Readonly<Record<string, unknown>>[];
  /** Takes any other option too. */
  readonly isOpen?: true;
  /** Nobody looks for it in included files. */
  readonly isMainFileOnly?: true;
  /** A sentence for the reference page. */
  readonly doc: string;
}

/** Every kind of section there is. */
export const sectionKinds: readonly SectionKind[] = [
  {
    name: 'supervisord',
    isPrefix: false,
    tables: [supervisordOptions],
    doc: 'The daemon itself; the one section that must be there.',
  },
  {
    name: 'include',
    isPrefix: false,
    tables: [includeOptions],
    isMainFileOnly: true,
    doc: 'More files to read; only the main file may have it.',
  },
  {
    name: 'unix_http_server',
    isPrefix: true,
    tables: [unixServerOptions],
    doc: 'A unix socket for clients; the name may go on, so that there can be several.',
  },
  {
    name: 'inet_http_server',
    isPrefix: true,
    tables: [inetServerOptions],
    doc: 'A TCP port for clients and browsers; the name may go on, so that there can be several.',
  },
  {
    name: 'supervisorctl',
    isPrefix: false,
    tables: [controlOptions],
    isMainFileOnly: true,
    doc: 'How the client finds the daemon.',
  },
  {
    name: 'program:',
    isPrefix: true,
    tables: [ownGroupOptions, programOptions, processOptions],
    doc: 'A program to run, once or several times.',
  },
  {
    name: 'group:',
    isPrefix: true,
    tables: [groupOptions],
    doc: 'Programs that are started and stopped together.',
  },
  {
    name: 'fcgi-program:',
    isPrefix: true,
    tables: [fcgiProgramOptions, programOptions, processOptions],
    doc: 'A program whose processes share a FastCGI socket.',
  },
  {
    name: 'eventlistener:',
    isPrefix: true,
    tables: [eventListenerOptions, programOptions, processOptions],
    doc: 'A program that is told of events.',
  },
  {
    name: 'rpcinterface:',
    isPrefix: true,
    tables: [rpcInterfaceOptions],
    isOpen: true,
    doc: 'A namespace of RPC methods.',
  },
  {
    name: 'ctlplugin:',
    isPrefix: true,
    tables: [controlPluginOptions],
    isOpen: true,
    isMainFileOnly: true,
    doc: 'More commands for the client.',
  },
];
