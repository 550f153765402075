/** What system.methodHelp and system.methodSignature answer, from the method table. */
import type { FaultName } from './faults.ts';
import type { Method } from './methods/define.ts';

/** The description, then a line per parameter and one for the result, as clients parse them. */
export function methodHelp(method: Method): string {
  const params = method.params.map((param) => `@param ${param.type} ${param.name}  ${param.doc}`);
  const { type, name, doc } = method.returns;
  return [method.doc, '', ...params, `@return ${type} ${name}  ${doc}`].join('\n');
}

/** The type that it returns, then those of its parameters. */
export function methodSignature(method: Method): string[] {
  return [method.returns.type, ...method.params.map((param) => param.type)];
}

/** The signature in a doc text of a plug-in's own; undefined without an `@return` line. */
export function signatureInHelp(help: string): string[] | undefined {
  const tags = help.split('\n').map((line) => line.trim().split(/\s+/));
  const result = tags.findLast(([tag]) => tag === '@return');
  if (!result) return undefined;
  const params = tags.filter(([tag]) => tag === '@param');
  return [result, ...params].map(([, type]) => type ?? '');
}

/** Every fault that a call of the method can end with. */
export function faultsOf(method: Method): FaultName[] {
  const common: FaultName[] = [
    'INCORRECT_PARAMETERS',
    ...gateFaults(method),
    ...(method.changes ? (['FORBIDDEN'] as const) : []),
  ];
  return [...common, ...method.faults];
}

const gateFaults = (method: Method): FaultName[] => (method.gated ? ['SHUTDOWN_STATE'] : []);

/** Whether a method takes that many parameters. */
export function acceptsCount(method: Method, count: number): boolean {
  const required = method.params.filter((param) => param.default === undefined).length;
  return count >= required && count <= method.params.length;
}
