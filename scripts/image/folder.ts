import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder that is made anew, with modes that do not depend on the umask. */
export class Folder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    rmSync(root, { recursive: true, force: true });
    this.#make(root);
  }

  write(name: string, contents: string | Buffer, mode = 0o644): void {
    const path = join(this.#root, name);
    this.#make(dirname(path));
    writeFileSync(path, contents);
    chmodSync(path, mode);
  }

  link(name: string, target: string): void {
    const path = join(this.#root, name);
    this.#make(dirname(path));
    symlinkSync(target, path);
  }

  /** What sha256sum --check reads: every file but this list. */
  writeChecksums(name: string): void {
    const lines = this.files().map((file) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(this.#root, file)))
        .digest('hex');
      return `${digest}  ${file}\n`;
    });
    this.write(name, lines.join(''));
  }

  /** Names of the regular files below, in order. */
  files(): string[] {
    return readdirSync(this.#root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.#root.length + 1))
      .toSorted();
  }

  #make(folder: string): void {
    const first = mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) {
      chmodSync(made, 0o755);
    }
  }
}
