import type { Contender } from './contenders.ts';
import type { Sandbox } from './sandbox.ts';

/** What is wanted: of tsvisor's figure divided by supervisord's, or of tsvisor's alone. */
export type Target =
  | { readonly ratioAtMost: number }
  | { readonly ratioAtLeast: number }
  | { readonly atMost: number };

export interface Figure {
  readonly label: string;
  readonly unit: string;
  readonly target: Target;
}

/** One thing that is measured; a trial of it brings one value for each of its figures. */
export interface Measure {
  /** What `pnpm bench NAME` takes. */
  readonly name: string;
  /** How often, unless the command line says. */
  readonly rounds: number;
  readonly figures: Readonly<Record<string, Figure>>;
  /** One trial of one contender, in a sandbox of its own. */
  trial(contender: Contender, sandbox: Sandbox): Promise<Readonly<Record<string, number>>>;
}

/** Holds the values of a trial to the figures of its measure. */
export const defineMeasure = <K extends string>(measure: {
  readonly name: string;
  readonly rounds: number;
  readonly figures: Readonly<Record<K, Figure>>;
  trial(contender: Contender, sandbox: Sandbox): Promise<Readonly<Record<NoInfer<K>, number>>>;
}): Measure => measure;
