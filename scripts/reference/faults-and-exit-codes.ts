import { tsvctlPage } from '../../packages/ctl/src/manual/tsvctl.ts';
import { tsvdPage } from '../../packages/ctl/src/manual/tsvd.ts';
import { faults, faultsOf } from '../../packages/rpc/src/index.ts';
import type { FaultName } from '../../packages/rpc/src/index.ts';
import { reasons } from '../../packages/server/src/http/message.ts';
import { code, generated, page, table } from './markdown.ts';
import { namespaces } from './rpc.ts';

/** When a server answers so. */
export const statuses: Readonly<Record<string, string>> = {
  101: 'The connection goes on as the stream.',
  200: 'The request was answered; of a call also if it ended with a fault.',
  201: 'The JSON API has made a group active.',
  202: 'The JSON API: it has begun, and nobody waits for it.',
  204: 'The JSON API: it is done, and there is nothing to tell.',
  206: 'A part of a log, as `Range` asked for.',
  301: 'A folder without its final slash, or a page whose button was pressed.',
  303: 'A form of a page was sent by a browser.',
  304: 'A static file has not changed since If-Modified-Since.',
  400: 'No HTTP, no well-formed call, a call over a limit (8 MiB, 100 levels, 250,000 elements, 10,000 calls in a multicall), a method that the path does not have, or a body cut short.',
  401: 'The server wants a name and password, and these are not they.',
  403: 'A browser asks on behalf of another site, or an account that may only look asks for a change.',
  404: 'Nothing has this path; of /logtail: no such process, or it has no log.',
  405: 'The JSON API: the path does not have this method; `Allow` says which it has.',
  408: 'A body has stopped coming for 30 s.',
  409: 'The JSON API: the process or group is not in a state for that.',
  411: 'A body without a Content-Length; one in chunks has none.',
  413: 'A body of more than 16 MiB.',
  415: 'The JSON API: a body that is not application/json.',
  416: 'A range beyond the end of a log.',
  422: 'The JSON API: the configuration cannot be read again.',
  426: 'The stream was asked for without offering a WebSocket, or one of another version than 13.',
  431: 'A head of more than 64 KiB.',
  500: 'A parameter of a type that the method cannot use, or a fault of the daemon, which is in its log.',
  503: 'The JSON API: the daemon is shutting down or restarting.',
};

/** docs/reference/faults-and-exit-codes.md */
export function faultsPage(): string {
  return page(
    '# Faults, statuses and exit codes',
    generated,
    '## Faults of XML-RPC',
    'The faultString is the name, or the name, a colon and what it is about: `BAD_NAME: web`.',
    table(['code', 'fault', 'meaning', 'methods'], Object.keys(faults).map(faultCells)),
    '## Statuses of HTTP',
    table(
      ['status', 'reason', 'when'],
      Object.entries(reasons).map(([status, reason]) => [status, reason, statuses[status] ?? '']),
    ),
    '## Exit statuses of tsvctl',
    'They are supervisorctl’s. The last thing that went wrong counts.',
    table(['status', 'meaning'], tsvctlPage.exitStatuses ?? []),
    '## Exit statuses of tsvd',
    table(['status', 'meaning'], tsvdPage.exitStatuses ?? []),
    'How the programs can set it: [exit-codes.md](../guide/exit-codes.md).',
  );
}

/** More methods than this are not told one by one. */
const FEW = 10;

function faultCells(name: string): string[] {
  const { code: number, doc } = faults[name as FaultName];
  const methods = namespaces
    .flatMap(({ methods: all }) => all)
    .filter((method) => method.aliasOf === undefined)
    .filter((method) => faultsOf(method).includes(name as FaultName))
    .map((method) => code(method.name.slice(method.name.indexOf('.') + 1)));
  return [String(number), name, doc, methods.length > FEW ? 'most' : methods.join(', ')];
}
