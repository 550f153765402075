import {
  OWN_NAMESPACE,
  faultsOf,
  inNamespace,
  methodSignature,
  ownMethods,
  supervisorAliases,
  supervisorMethods,
  systemMethods,
} from '../../packages/rpc/src/index.ts';
import type { NamedMethod } from '../../packages/rpc/src/index.ts';
import { code, generated, page } from './markdown.ts';

interface NamespaceDoc {
  readonly name: string;
  readonly about: string;
  readonly methods: readonly NamedMethod[];
}

export const namespaces: readonly NamespaceDoc[] = [
  {
    name: 'supervisor',
    about:
      'All that supervisord has, by the same names. The configuration may give it another name.',
    methods: inNamespace('supervisor', supervisorMethods, supervisorAliases),
  },
  {
    name: 'system',
    about: 'What there is to call. These answer while the daemon stops, too.',
    methods: inNamespace('system', systemMethods),
  },
  {
    name: OWN_NAMESPACE,
    about: 'What supervisord does not have; there, UNKNOWN_METHOD. Not in system.listMethods.',
    methods: inNamespace(OWN_NAMESPACE, ownMethods),
  },
];

/** docs/reference/rpc.md: every method that clients can call. */
export function rpcPage(): string {
  return page(
    '# The XML-RPC interface',
    generated,
    'POST to `/RPC2` on any server of the configuration. Whatever the method, a call can end with UNKNOWN_METHOD; [faults-and-exit-codes.md](faults-and-exit-codes.md) has them all.',
    'An account that may only look (`readonly_username`) may call the methods that change nothing; the others answer it with FORBIDDEN, in system.multicall too. A plug-in’s own methods count as changing something unless they [say otherwise](../guide/plugins.md).',
    'A process is named NAME, or GROUP:NAME if its group has another name; GROUP:* is the whole group. Offsets and lengths are bytes, times are seconds since 1970.',
    ...namespaces.flatMap(({ name, about, methods }) => [
      `## ${name}`,
      about,
      ...methods.toSorted((one, other) => (one.name < other.name ? -1 : 1)).flatMap(methodBlocks),
    ]),
  );
}

function methodBlocks(method: NamedMethod): (string | readonly string[])[] {
  const title = `### ${method.name}`;
  if (method.aliasOf !== undefined) return [title, `An older name of ${code(method.aliasOf)}.`];
  const { returns, params, doc } = method;
  const [result, ...types] = methodSignature(method);
  const list = params.map(({ name, default: preset }, at) => {
    const value = preset === undefined ? '' : ` = ${JSON.stringify(preset)}`;
    return `${types[at]} ${name}${value}`;
  });
  return [
    title,
    code(`${method.name}(${list.join(', ')}): ${result}`),
    doc,
    [
      ...params.map(({ name, doc: about }) => `- ${code(name)}: ${about}`),
      `- returns ${code(returns.name)}: ${returns.doc}`,
      `- changes: ${method.changes ? 'yes' : 'no'}`,
      `- faults: ${faultsOf(method).join(', ')}`,
    ],
  ];
}
