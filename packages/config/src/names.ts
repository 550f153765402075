import type { Value } from './python/format.ts';

/** The names that `%(name)s` may use somewhere: its own over those of the wider scope. */
export class Names {
  readonly #wider: Names | undefined;
  readonly #own = new Map<string, Value>();

  constructor(own: Readonly<Record<string, Value>> = {}, wider?: Names) {
    this.#wider = wider;
    for (const [name, value] of Object.entries(own)) this.#own.set(name, value);
  }

  with(own: Readonly<Record<string, Value>>): Names {
    return new Names(own, this);
  }

  /** Makes each variable known as `ENV_NAME`. */
  addEnvironment(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) this.#own.set(`ENV_${name}`, value);
  }

  set(name: string, value: Value): void {
    this.#own.set(name, value);
  }

  /** Lets go of what it has over a wider name; what only it has stays. */
  unshadow(): void {
    for (const name of this.#own.keys()) {
      if (this.#wider?.get(name) !== undefined) this.#own.delete(name);
    }
  }

  get(name: string): Value | undefined {
    return this.#own.get(name) ?? this.#wider?.get(name);
  }

  all(): Set<string> {
    return new Set([...(this.#wider?.all() ?? []), ...this.#own.keys()]);
  }
}
