type Import = (url: string) => Promise<unknown>;

/** Where a bundled program finds an `import` that works: from a code cache its own does not. */
const lent = Symbol.for('tsvisor.import');

/** Loads a module by its URL. */
export const importModule: Import = (url) =>
  ((globalThis as { [lent]?: Import })[lent] ?? ((own) => import(own)))(url);
