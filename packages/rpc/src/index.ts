export * from './values.ts';
export * from './faults.ts';
export * from './methods.ts';
export { NOT_IN_WHITELIST, twiddlerMethods } from './methods/twiddler.ts';
export { cacheMethods } from './methods/cache.ts';
export type * from './methods/define.ts';
export type * from './methods/results.ts';
export * from './method-help.ts';
export * from './lookup.ts';
export { isReady } from './readiness.ts';
export { pythonRepr, pythonStr } from './python/text.ts';
export { pythonInt, pythonTruth, ValueError } from './python/coerce.ts';
export * from './xmlrpc/errors.ts';
export { requestLimits, responseLimits } from './xmlrpc/limits.ts';
export type { DocumentLimits, RequestLimits } from './xmlrpc/limits.ts';
export { asFault, decodeRequest, decodeResponse } from './xmlrpc/decode.ts';
export type { RpcRequest } from './xmlrpc/decode.ts';
export {
  encodeFault,
  encodeRequest,
  encodeResponse,
  encodeResponseBody,
  maxInt,
} from './xmlrpc/encode.ts';
export { COMPACT_TYPE, encodeCompact } from './compact.ts';
export { Client } from './client/client.ts';
export type { Call, CallOptions, CallResults, ClientOptions } from './client/client.ts';
export { ClientError } from './client/errors.ts';
export type { ClientErrorDetails } from './client/errors.ts';
export type * from './client/stream-messages.ts';
export { parseServerUrl } from './client/server-url.ts';
export type { Address, TlsSettings } from './client/server-url.ts';
