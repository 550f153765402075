/** The document is not well-formed, holds a bad value, or is larger than allowed: HTTP 400. */
export class UnmarshallableError extends Error {
  override readonly name = 'UnmarshallableError';
  readonly code = 'UNMARSHALLABLE';
  /** As the log has it: "XML-RPC request data … is invalid: unmarshallable". */
  readonly reason = 'unmarshallable';
}

/** The request names no method: HTTP 400. */
export class NoMethodNameError extends Error {
  override readonly name = 'NoMethodNameError';
  readonly code = 'NO_METHOD_NAME';
  readonly reason = 'no method name';

  constructor() {
    super('the request has no methodName, or an empty one');
  }
}

/** A value has no form in XML-RPC: HTTP 500. */
export class UnencodableError extends Error {
  override readonly name = 'UnencodableError';
  readonly code = 'UNENCODABLE';
}
