import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { readMessage, wishes } from '../../packages/server/src/streams/socket/messages.ts';
import { sayings } from '../../packages/server/src/streams/socket/sayings.ts';

const page = readFileSync(new URL('../../docs/reference/stream.md', import.meta.url), 'utf8');
const [, asked = '', told = ''] = page.split(/^## What the (?:client|server) says$/m);
const server = told.split(/^## /m)[0] ?? '';

/** What stands below each heading, by what it names. */
function parts(text: string, heading: RegExp): ReadonlyMap<string, string> {
  const [, ...rest] = text.split(heading);
  return new Map(rest.flatMap((name, at) => (at % 2 === 0 ? [[name, rest[at + 1] ?? '']] : [])));
}

const examplesIn = (text: string): Record<string, unknown>[] =>
  [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(
    ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
  );

describe('docs/reference/stream.md', () => {
  test('has all that can be subscribed to, with each member, and nothing else', () => {
    const kinds = parts(asked, /^#### to `(\w+)`$/m);
    expect([...kinds.keys()]).toEqual(Object.keys(wishes));
    for (const [to, text] of kinds) {
      for (const member of Object.keys(wishes[to as keyof typeof wishes]))
        expect(text).toContain(`\`${member}\``);
    }
    expect([...parts(asked, /^### (\w+)$/m).keys()]).toEqual(['subscribe', 'unsubscribe']);
  });

  test('gives examples of what the client says that are understood', () => {
    const examples = examplesIn(asked);
    for (const example of examples) readMessage(JSON.stringify(example));
    expect(examples.flatMap(({ to }) => to ?? [])).toEqual(Object.keys(wishes));
  });

  test('has each message of the server, with an example and each member, and no other', () => {
    const messages = parts(server, /^### (\w+)$/m);
    expect([...messages.keys()]).toEqual(Object.keys(sayings));
    for (const [type, text] of messages) {
      const members = sayings[type as keyof typeof sayings] as readonly string[];
      for (const member of members) expect(text).toContain(`\`${member}\``);
      const [example = {}] = examplesIn(text);
      expect(example).toMatchObject({ type, id: expect.any(String) });
      const others = Object.keys(example).filter((name) => name !== 'type' && name !== 'id');
      expect(members).toEqual(expect.arrayContaining(others));
      // What was missed is bytes of a log, or messages.
      const whole = type === 'missed' ? members : others;
      expect(whole).toEqual(members);
    }
  });
});
