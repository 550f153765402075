import type { Random } from './random.ts';

/** Ways in which the same bytes may arrive: whole, one by one, and in random pieces; sometimes cut at each place in turn. */
export function* cuttings(bytes: Buffer, random: Random): Generator<Buffer[]> {
  yield [bytes];
  yield Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
  yield pieces(bytes, random);
  if (!random.once(10)) return;
  for (let at = 0; at <= bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)];
}

/** The bytes in pieces of any length, none of which is empty. */
export function pieces(bytes: Buffer, random: Random): Buffer[] {
  const found: Buffer[] = [];
  const longest = random.pick([3, 30, 300, 3000]);
  for (let at = 0; at < bytes.length;) {
    const end = at + random.between(1, longest);
    found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

/** A text before, within and after a random stretch of it, which is shorter than one of these lengths. */
export function threeParts(
  text: string,
  random: Random,
  lengths: readonly number[],
): [before: string, within: string, after: string] {
  const at = random.int(text.length + 1);
  const end = at + random.int(random.pick(lengths));
  return [text.slice(0, at), text.slice(at, end), text.slice(end)];
}
