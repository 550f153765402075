/**
 * The values of a page's parameters: of a key given twice in the query the first, of one given
 * twice in the body the last, and the body's before the query's. Empty values do not count.
 */
export function formValues(query: string, body = ''): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [key, value] of pairs(query)) if (!values.has(key)) values.set(key, value);
  for (const [key, value] of pairs(body)) values.set(key, value);
  return values;
}

const pairs = (encoded: string): [string, string][] =>
  [...new URLSearchParams(`&${encoded}`)].filter(([, value]) => value !== '');
