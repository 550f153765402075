import { addressOf } from './libc.ts';

/** What execve(2) takes, as addresses: the file, the argument vector, the environment. */
export interface ExecBlock {
  readonly file: bigint;
  readonly argv: bigint;
  readonly envp: bigint;
}

// One piece of memory for every spawn, which grows when it must: pointers, then texts.
let memory = Buffer.alloc(0);
let pointers = new BigUint64Array(0);
let base = 0n;

const bytesOf = new Map<string, Buffer>();

/** From now on the variable is laid out as these bytes, where it is still as Node shows them. */
export function keepBytes(shown: string, bytes: Buffer): void {
  bytesOf.set(shown, bytes);
}

/**
 * Lays the texts out for one call of posix_spawn. The result is valid until the next call.
 * No text may hold a NUL.
 */
export function layOut(
  file: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): ExecBlock {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  // Each vector is closed by NULL.
  const texts = [...argv, null, ...variables, null, file];
  let next = 8 * texts.length;
  reserve(texts.reduce((bytes, text) => bytes + utf8Room(text ?? ''), next));
  texts.forEach((text, slot) => {
    pointers[slot] = text === null ? 0n : base + BigInt(next);
    if (text === null) return;
    const bytes = bytesOf.get(text);
    next += bytes === undefined ? memory.write(text, next, 'utf8') : bytes.copy(memory, next);
    memory[next++] = 0;
  });
  return {
    file: pointers[texts.length - 1] as bigint,
    argv: base,
    envp: base + 8n * BigInt(argv.length + 1),
  };
}

/** Three bytes for a UTF-16 unit is the most that UTF-8 needs; and the NUL. */
const utf8Room = (text: string): number => 3 * text.length + 1;

function reserve(bytes: number): void {
  if (memory.length >= bytes) return;
  memory = Buffer.alloc(Math.max(bytes, 2 * memory.length, 16384));
  pointers = new BigUint64Array(memory.buffer, memory.byteOffset, Math.floor(memory.length / 8));
  base = addressOf(memory);
}
