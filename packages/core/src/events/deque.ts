/** A queue with two ends, none of whose steps costs more in a long queue than in a short one. */
export class Deque<T> {
  #ring: (T | undefined)[] = Array.from({ length: 8 });
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  pushLast(item: T): void {
    this.#makeRoom();
    this.#ring[this.#at(this.#length)] = item;
    this.#length++;
  }

  pushFirst(item: T): void {
    this.#makeRoom();
    this.#first = this.#at(this.#ring.length - 1);
    this.#ring[this.#first] = item;
    this.#length++;
  }

  takeFirst(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#ring[this.#first];
    this.#ring[this.#first] = undefined;
    this.#first = this.#at(1);
    this.#length--;
    return item;
  }

  clear(): void {
    this.#ring = Array.from({ length: 8 });
    this.#first = 0;
    this.#length = 0;
  }

  #at(offset: number): number {
    return (this.#first + offset) % this.#ring.length;
  }

  #makeRoom(): void {
    const { length } = this.#ring;
    if (this.#length < length) return;
    const larger: (T | undefined)[] = [];
    larger.length = 2 * length;
    for (let offset = 0; offset < length; offset++) larger[offset] = this.#ring[this.#at(offset)];
    this.#ring = larger;
    this.#first = 0;
  }
}
