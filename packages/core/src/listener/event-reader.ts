/** The header line of an event, parsed. */
export interface EventHeader {
  readonly version: string;
  /** The identifier of the supervisord that sends it. */
  readonly server: string;
  readonly serial: number;
  readonly pool: string;
  readonly poolSerial: number;
  readonly eventName: string;
  /** Characters (code points) of the payload. */
  readonly length: number;
}

/** An event as it came, before its payload was looked at. */
export interface Delivery {
  readonly header: EventHeader;
  readonly payload: Buffer;
}

const LF = 0x0a;
// Identifiers and pool names may hold blanks, which upstream does not escape.
const headerLine =
  /^ver:(\S+) server:(.*) serial:(\d+) pool:(.*) poolserial:(\d+) eventname:(\S+) len:(\d+)$/;

/** Puts events together out of input that is cut anywhere. */
export class EventReader {
  #input = Buffer.alloc(0);
  #header: EventHeader | undefined;

  /** Takes what has been read, and gives the events that are complete by it. */
  push(chunk: Uint8Array): Delivery[] {
    this.#input = Buffer.concat([this.#input, chunk]);
    const complete: Delivery[] = [];
    for (let next = this.#take(); next !== undefined; next = this.#take()) complete.push(next);
    return complete;
  }

  #take(): Delivery | undefined {
    this.#header ??= this.#takeHeader();
    const header = this.#header;
    if (header === undefined) return undefined;
    const end = endOfCharacters(this.#input, header.length);
    if (end === undefined) return undefined;
    const payload = this.#input.subarray(0, end);
    this.#input = this.#input.subarray(end);
    this.#header = undefined;
    return { header, payload };
  }

  #takeHeader(): EventHeader | undefined {
    const end = this.#input.indexOf(LF);
    if (end === -1) return undefined;
    const line = this.#input.toString('utf8', 0, end);
    this.#input = this.#input.subarray(end + 1);
    return parseHeader(line);
  }
}

function parseHeader(line: string): EventHeader {
  const match = headerLine.exec(line);
  if (match === null) throw new Error(`cannot read an event from its header line: ${line}`);
  const [, version = '', server = '', serial, pool = '', poolSerial, eventName = '', length] =
    match;
  return {
    version,
    server,
    serial: Number(serial),
    pool,
    poolSerial: Number(poolSerial),
    eventName,
    length: Number(length),
  };
}

/** Where so many characters of UTF-8 end; undefined if not all bytes of the last are there. */
function endOfCharacters(utf8: Buffer, characters: number): number | undefined {
  let at = 0;
  for (let n = 0; n < characters; n++) {
    const lead = utf8[at];
    if (lead === undefined) return undefined;
    at += lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }
  return at <= utf8.length ? at : undefined;
}
