/** What was done how often, and what should not have happened. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #surprises = new Map<string, number>();

  count(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  /** An answer, or none, that a daemon in order does not give. */
  surprise(what: string): void {
    this.#surprises.set(what, (this.#surprises.get(what) ?? 0) + 1);
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  get surprises(): readonly string[] {
    return [...this.#surprises].map(([what, times]) =>
      times === 1 ? what : `${what} (${times} times)`,
    );
  }
}
