// The data of ICU inside node, cut down to English, as node's own configure --with-intl=small-icu
// has it, and without the tables of legacy encodings. What stays is what Intl, Date, normalize()
// and regular expressions need; another locale is answered in English. 30 MB of 86.
import { withoutRange } from './elf.ts';

/** udata.h: the size of this header (16 bits), a magic number, and at 12 the kind of data. */
const MAGIC = Buffer.from([0xda, 0x27]);
const KIND = Buffer.from('CmnD');
const ALIGNMENT = 16;

interface Item {
  /** "icudt78l/lang/de.res" */
  readonly name: string;
  readonly data: Buffer;
}

export function englishOnly(image: Buffer): Buffer {
  const start = findData(image);
  const contents = start + image.readUInt16LE(start);
  const { items, end } = readItems(image, contents);
  const kept = packed(items.filter(({ name }) => isNeeded(name)));
  const copy = Buffer.from(image);
  kept.copy(copy, contents);
  return withoutRange(copy, contents + kept.length, end);
}

/** What does not depend on a locale, the root of all locales, and English. */
function isNeeded(path: string): boolean {
  const words = path.split('/').slice(1);
  const file = words.at(-1) as string;
  if (file.endsWith('.cnv') || file.endsWith('.dict')) return false;
  if (/^(root|pool|res_index|en|en_001|en_US|en_US_POSIX)\.res$/.test(file)) return true;
  if (words.length > 1) return !file.endsWith('.res') || file === 'supplementalData.res';
  return !/^[a-z]{2,3}(_\w+)?\.res$/.test(file);
}

function findData(image: Buffer): number {
  for (let at = image.indexOf(KIND); at >= 0; at = image.indexOf(KIND, at + 1)) {
    const start = at - 12;
    if (start >= 0 && image.subarray(start + 2, start + 4).equals(MAGIC)) return start;
  }
  throw new Error('cannot find the data of ICU in node: bundle it with --icu=full');
}

/**
 * A count, then for each item the offsets of its name and its data, in order of names, all from
 * here. The size of the last one in memory cannot be told: it is cut off, or has to stay.
 */
function readItems(image: Buffer, contents: number): { items: Item[]; end: number } {
  const count = image.readUInt32LE(contents);
  const entries = Array.from({ length: count }, (_, index) => {
    const at = contents + 4 + 8 * index;
    const nameAt = contents + image.readUInt32LE(at);
    const name = image.toString('latin1', nameAt, image.indexOf(0, nameAt));
    return { name, start: contents + image.readUInt32LE(at + 4) };
  });
  const starts = entries.map(({ start }) => start).toSorted((one, other) => one - other);
  const end = starts.at(-1) as number;
  const next = new Map(starts.map((start, index) => [start, starts[index + 1]]));
  const items = entries.flatMap(({ name, start }) => {
    const stop = next.get(start);
    if (stop !== undefined) return [{ name, data: image.subarray(start, stop) }];
    if (!isNeeded(name)) return [];
    throw new Error(`cannot tell the size of ${name} in node: bundle it with --icu=full`);
  });
  return { items, end };
}

function packed(items: readonly Item[]): Buffer {
  const names = items.map(({ name }) => Buffer.from(`${name}\0`, 'latin1'));
  let nameAt = 4 + 8 * items.length;
  const sizeOfNames = names.reduce((sum, name) => sum + name.length, 0);
  let dataAt = aligned(nameAt + sizeOfNames);
  const size = items.reduce((sum, { data }) => sum + aligned(data.length), dataAt);

  const result = Buffer.alloc(size);
  result.writeUInt32LE(items.length, 0);
  for (const [index, { data }] of items.entries()) {
    const name = names[index] as Buffer;
    result.writeUInt32LE(nameAt, 4 + 8 * index);
    result.writeUInt32LE(dataAt, 8 + 8 * index);
    name.copy(result, nameAt);
    data.copy(result, dataAt);
    nameAt += name.length;
    dataAt += aligned(data.length);
  }
  return result;
}

const aligned = (size: number): number => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
