/** A record of a log, as fixtures/writer.sh writes it. */
export interface RecordFound {
  readonly life: number;
  readonly number: number;
}

export interface Records {
  readonly found: readonly RecordFound[];
  /** Bytes that belong to no record, with what is before them. */
  readonly damaged: readonly { readonly after: RecordFound | undefined; readonly text: string }[];
  /** The beginning of a record that the end of its life, or of the log, has cut off. */
  readonly torn: number;
}

/** Reads all records of a log of `name`, to the byte. `tears` allows what a kill has cut off. */
export function readRecords(log: Buffer, name: string, tears: boolean): Records {
  const found: RecordFound[] = [];
  const damaged: { after: RecordFound | undefined; text: string }[] = [];
  let torn = 0;
  for (let at = 0; at < log.length;) {
    const record = recordAt(log, at, name);
    if (record !== undefined) {
      found.push(record);
      at = record.end;
      continue;
    }
    const next = log.indexOf(`<${name} `, at + 1, 'latin1');
    const end = next === -1 ? log.length : next;
    const follower = next === -1 ? undefined : recordAt(log, next, name);
    const isCut = isBeginning(log.subarray(at, end), name, found.at(-1), follower, next === -1);
    if (tears && isCut) torn += end - at;
    else
      damaged.push({
        after: found.at(-1),
        text: log.toString('latin1', at, Math.min(end, at + 200)),
      });
    at = end;
  }
  return { found, damaged, torn };
}

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const HEADER_MOST = 100;

/** The whole record at a place, with the line feed that may follow it. */
function recordAt(
  log: Buffer,
  at: number,
  name: string,
): (RecordFound & { end: number }) | undefined {
  const head = new RegExp(`^<${name} (\\d+) (\\d+) (\\d+) `).exec(
    log.toString('latin1', at, at + HEADER_MOST),
  );
  if (head === null) return undefined;
  const [text, life, number, size] = head;
  const from = at + text.length;
  const to = from + Number(size);
  const fill = log.subarray(from, to);
  const isFilled = Number(size) === 256 ? isAny(fill) : fill.every((byte) => byte === 0x78);
  if (!isFilled || log[to] !== 0x3e) return undefined;
  const end = to + (log[to + 1] === 0x0a ? 2 : 1);
  return { life: Number(life), number: Number(number), end };
}

const isAny = (fill: Buffer): boolean =>
  fill.equals(ALL_BYTES) || fill.every((byte) => byte === 0x78);

/** Whether the bytes are the beginning of a record after which its life, or the log, ends. */
function isBeginning(
  bytes: Buffer,
  name: string,
  before: RecordFound | undefined,
  after: RecordFound | undefined,
  isLast: boolean,
): boolean {
  const text = bytes.toString('latin1');
  const [head = '', ...rest] = text.split(/(?<=^<\S+ \d+ \d+ \d+ )/);
  const isHead = rest.length > 0 || `<${name} `.startsWith(head) || /^<\S+ [\d ]*$/.test(head);
  const life = Number(/^<\S+ (\d+) /.exec(text)?.[1]);
  const isNewLife = isLast || (after !== undefined && after.life !== (life || before?.life));
  return isHead && rest.every((fill) => /^x*$/.test(fill)) && isNewLife;
}
