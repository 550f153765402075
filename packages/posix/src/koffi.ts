// Calls C functions: koffi's binary, by the package of this machine. koffi's own package finds the same,
// but has an install script, which is asked about or run where it is installed, and of which nothing is
// needed.
import { createRequire } from 'node:module';

/** What is used of it here. */
interface Koffi {
  /** null: this program and what it is linked with. */
  load(file: null): {
    func(name: string, result: string, parameters: readonly string[]): unknown;
  };
  /** Of the call just made. */
  errno(): number;
  address(memory: object): bigint;
  readonly decode: { string(address: bigint): string };
  view(address: bigint, length: number): ArrayBuffer;
}

function load(): Koffi {
  if (process.platform !== 'linux') {
    throw new Error(
      `@tsvisor/posix runs on Linux only: it cannot start processes on ${process.platform}`,
    );
  }
  const name = `@koromix/koffi-linux-${process.arch}`;
  try {
    return createRequire(import.meta.url)(name) as Koffi;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error(
      `cannot find ${name}, by which libc is called: @tsvisor/posix needs its optional dependencies, and a processor of x64 or arm64`,
      { cause: error },
    );
  }
}

export default load();
