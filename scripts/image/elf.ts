// Just enough of elf(5) to make a program run with a loader and libraries that lie elsewhere. No
// patchelf: the linker leaves room at the end of the first page-aligned segment for two strings,
// and a few empty entries in the dynamic section for the one that points to the second.

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const PT_NOTE = 4;
const HEADER = 56;
const PAGE = 4096;
const DYNAMIC_ENTRY = 16;

const DT_NULL = 0n;
const DT_STRTAB = 5n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;

export interface Segment {
  readonly type: number;
  /** Where its program header lies in the file. */
  readonly header: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

export function segmentsOf(image: Buffer): Segment[] {
  if (image.readUInt32BE(0) !== 0x7f454c46 || image[4] !== 2 || image[5] !== 1) {
    throw new Error('cannot read the program: it is no 64-bit little-endian ELF file');
  }
  const [first, size, count] = [
    Number(image.readBigUInt64LE(32)),
    image.readUInt16LE(54),
    image.readUInt16LE(56),
  ];
  return Array.from({ length: count }, (_, index) => {
    const header = first + index * size;
    const word = (at: number): number => Number(image.readBigUInt64LE(header + at));
    return {
      type: image.readUInt32LE(header),
      header,
      offset: word(8),
      address: word(16),
      fileSize: word(32),
      memorySize: word(40),
    };
  });
}

/** The path of the loader that the program asks for, which need not be there. */
export function interpreterOf(image: Buffer): string {
  const { offset, fileSize } = find(segmentsOf(image), PT_INTERP, 'no loader: it is static');
  return image.toString('latin1', offset, offset + fileSize - 1);
}

/**
 * The program without what is never loaded: symbols, debug information and the section headers
 * that tell where those are. What strip --strip-all leaves, less 2 KB.
 */
export function stripped(image: Buffer): Buffer {
  const loaded = segmentsOf(image).filter(({ type }) => type === PT_LOAD);
  const end = Math.max(...loaded.map(({ offset, fileSize }) => offset + fileSize));
  const copy = Buffer.from(image.subarray(0, end));
  copy.writeBigUInt64LE(0n, 40); // e_shoff
  copy.writeUInt32LE(0, 60); // e_shnum, e_shstrndx
  return copy;
}

export interface Places {
  /** Absolute: the kernel resolves nothing in it. */
  readonly interpreter: string;
  /** Absolute too: $ORIGIN, the folder of the program, is known only where /proc is mounted. */
  readonly libraryPath: string;
}

/**
 * The program with another loader and folder of libraries. The folder becomes a DT_RPATH, not a
 * DT_RUNPATH: that comes before LD_LIBRARY_PATH, which an image may have set to a folder with an
 * older libstdc++, and holds for what the libraries need in turn.
 */
export function relinked(image: Buffer, { interpreter, libraryPath }: Places): Buffer {
  const copy = Buffer.from(image);
  const segments = segmentsOf(copy);
  const strings = append(copy, segments, [interpreter, libraryPath]);

  const { header } = find(segments, PT_INTERP, 'no loader: it is static');
  const [name, path] = strings as [Placed, Placed];
  const size = BigInt(Buffer.byteLength(interpreter) + 1);
  copy.writeBigUInt64LE(BigInt(name.offset), header + 8);
  copy.writeBigUInt64LE(BigInt(name.address), header + 16);
  copy.writeBigUInt64LE(BigInt(name.address), header + 24);
  copy.writeBigUInt64LE(size, header + 32);
  copy.writeBigUInt64LE(size, header + 40);

  setLibraryPath(copy, find(segments, PT_DYNAMIC, 'no dynamic section: it is static'), path);
  return copy;
}

/**
 * The program without the whole pages between two places in its file, which must lie within one
 * segment: that becomes two, and the addresses between them nobody's. The second takes the
 * program header of the notes, which say who linked it and when.
 */
export function withoutRange(image: Buffer, from: number, to: number): Buffer {
  const [start, end] = [Math.ceil(from / PAGE) * PAGE, Math.floor(to / PAGE) * PAGE];
  const removed = end - start;
  if (removed <= 0) return Buffer.from(image);
  const copy = Buffer.concat([image.subarray(0, start), image.subarray(end)]);

  const segments = segmentsOf(image);
  const headers = segments.flatMap((segment) => {
    const { type, header, offset, address, fileSize, memorySize } = segment;
    const bytes = Buffer.from(image.subarray(header, header + HEADER));
    if (type === PT_NOTE) return [];
    if (offset >= end) return [placed(bytes, { ...segment, offset: offset - removed })];
    if (type !== PT_LOAD || offset + fileSize <= start) return [bytes];
    const before = start - offset;
    const after = end - offset;
    return [
      placed(bytes, { ...segment, fileSize: before, memorySize: before }),
      placed(Buffer.from(bytes), {
        offset: start,
        address: address + after,
        fileSize: fileSize - after,
        memorySize: memorySize - after,
      }),
    ];
  });
  if (headers.length > segments.length) {
    throw new Error('cannot cut a part out of the program: no room for one more program header');
  }
  const first = segments[0] as Segment;
  Buffer.concat(headers).copy(copy, first.header);
  copy.writeUInt16LE(headers.length, 56);
  return copy;
}

type Extent = Pick<Segment, 'offset' | 'address' | 'fileSize' | 'memorySize'>;

function placed(header: Buffer, { offset, address, fileSize, memorySize }: Extent): Buffer {
  for (const [at, value] of [
    [8, offset],
    [16, address],
    [24, address],
    [32, fileSize],
    [40, memorySize],
  ] as const) {
    header.writeBigUInt64LE(BigInt(value), at);
  }
  return header;
}

interface Placed {
  readonly offset: number;
  readonly address: number;
}

/** Writes texts into the padding after the first segment, which then ends after them. */
function append(copy: Buffer, segments: readonly Segment[], texts: readonly string[]): Placed[] {
  const loaded = segments.filter(({ type }) => type === PT_LOAD);
  const [first, second] = loaded.toSorted((one, other) => one.offset - other.offset);
  if (first === undefined || second === undefined) throw cannot('fewer than two segments');
  const bytes = Buffer.from(texts.map((text) => `${text}\0`).join(''));
  const end = first.offset + first.fileSize;
  const room =
    Math.min(
      second.offset - end,
      Math.floor(second.address / PAGE) * PAGE - (first.address + first.memorySize),
    ) - 1;
  if (first.fileSize !== first.memorySize || room < bytes.length) {
    throw cannot(`room for ${room} bytes after its first segment, not for ${bytes.length}`);
  }
  bytes.copy(copy, end);
  for (const at of [32, 40]) {
    copy.writeBigUInt64LE(BigInt(first.fileSize + bytes.length), first.header + at);
  }
  let before = 0;
  return texts.map((text) => {
    const placed = { offset: end + before, address: first.address + first.fileSize + before };
    before += Buffer.byteLength(text) + 1;
    return placed;
  });
}

function setLibraryPath(copy: Buffer, { offset, fileSize }: Segment, path: Placed): void {
  const entries = Array.from({ length: fileSize / DYNAMIC_ENTRY }, (_, index) => {
    const at = offset + index * DYNAMIC_ENTRY;
    return { at, tag: copy.readBigUInt64LE(at), value: copy.readBigUInt64LE(at + 8) };
  });
  const end = entries.findIndex(({ tag }) => tag === DT_NULL);
  const used = entries.slice(0, end);
  const table = used.find(({ tag }) => tag === DT_STRTAB)?.value;
  const old = used.find(({ tag }) => tag === DT_RPATH || tag === DT_RUNPATH);
  // One empty entry has to stay: it ends the list.
  const entry = old ?? (end + 1 < entries.length ? entries[end] : undefined);
  if (table === undefined || entry === undefined) throw cannot('no empty entry for a library path');
  copy.writeBigUInt64LE(DT_RPATH, entry.at);
  copy.writeBigUInt64LE(BigInt(path.address) - table, entry.at + 8);
}

function find(segments: readonly Segment[], type: number, otherwise: string): Segment {
  const found = segments.find((segment) => segment.type === type);
  if (found === undefined) throw cannot(otherwise);
  return found;
}

const cannot = (why: string): Error => new Error(`cannot give the program another loader: ${why}`);
