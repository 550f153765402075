/** Numbers that look random and are the same in every run: a seed gives its whole sequence. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    // The first few numbers of neighbouring seeds resemble one another.
    for (let n = 0; n < 4; n++) this.#next();
  }

  /** 0 … below - 1 */
  int(below: number): number {
    return Math.floor((this.#next() / 2 ** 32) * below);
  }

  between(least: number, most: number): number {
    return least + this.int(most - least + 1);
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.int(times) === 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T;
  }

  /** So many of what `make` gives, as a list. */
  list<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: this.between(least, most) }, make);
  }

  /** So many of the pieces, joined. */
  text(pieces: readonly string[], least: number, most: number): string {
    return this.list(least, most, () => this.pick(pieces)).join('');
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.int(256)));
  }

  /** mulberry32 */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
