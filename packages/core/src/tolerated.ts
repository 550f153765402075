/**
 * Waiting that fails when everything ends is for whoever still awaits it: where nobody does any more,
 * it is no unhandled rejection, which would end the program.
 */
export function tolerated<T>(waiting: Promise<T>): Promise<T> {
  waiting.catch(() => undefined);
  return waiting;
}
