// What a request says beside its path: read, checked, and complete with defaults.
import type { Request } from '../http/message.ts';
import type { Field, Fields } from './fields.ts';
import type { Operation } from './operation.ts';
import { Problem, badRequest } from './problem.ts';
import type { Mistake } from './problem.ts';
import { mistakeIn } from './schema.ts';

type Values = Record<string, unknown>;

/** @throws {Problem} 400 with all that is wrong, 411, 413, 415 */
export async function inputOf(request: Request, operation: Operation): Promise<Values> {
  const { query, either, body, method } = operation;
  const given = method === 'GET' ? {} : await readBody(request);
  const mistakes: Mistake[] = [];
  const values: Values = {};
  takeQuery(request.query, { ...query, ...either }, values, mistakes);
  takeBody(given, { ...either, ...body }, values, mistakes);
  complete(operation, values, mistakes);
  if (mistakes.length > 0) throw badRequest(mistakes);
  return values;
}

function takeQuery(query: string, fields: Fields, values: Values, mistakes: Mistake[]): void {
  const seen = new Set<string>();
  for (const [name, text] of new URLSearchParams(query)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const wrong = (message: string): void => void mistakes.push({ in: 'query', name, message });
    if (field === undefined) wrong(`is not known here; known are ${namesOf(fields)}`);
    else if (seen.has(name)) wrong('is given twice');
    else {
      seen.add(name);
      take(field, fromText(field, text), wrong, (value) => (values[name] = value));
    }
  }
}

function takeBody(given: object, fields: Fields, values: Values, mistakes: Mistake[]): void {
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const wrong = (message: string): void => void mistakes.push({ in: 'body', name, message });
    if (field === undefined) wrong(`is not known here; known are ${namesOf(fields)}`);
    else if (Object.hasOwn(values, name)) wrong('is given in the query, too');
    else take(field, value, wrong, (taken) => (values[name] = taken));
  }
}

function take(
  { schema }: Field,
  value: unknown,
  wrong: (message: string) => void,
  store: (value: unknown) => void,
): void {
  const mistake = mistakeIn(value, schema);
  if (mistake === undefined) store(value);
  else wrong(mistake);
}

/** Fills in defaults, and sees what is missing. */
function complete({ query, either, body }: Operation, values: Values, mistakes: Mistake[]): void {
  for (const [name, { schema, isRequired }] of Object.entries({ ...query, ...either, ...body })) {
    if (Object.hasOwn(values, name)) continue;
    if (!isRequired) values[name] = schema.default;
    else if (!mistakes.some((mistake) => mistake.name === name)) {
      mistakes.push({
        in: Object.hasOwn(query, name) ? 'query' : 'body',
        name,
        message: 'is missing',
      });
    }
  }
}

/** A value of the query; what does not look like its type stays a text, and is refused as one. */
function fromText({ schema }: Field, text: string): unknown {
  const types = [schema.type].flat();
  if (types.includes('string')) return text;
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.includes('integer') && /^-?\d+$/.test(text)) return Number(text);
  return text;
}

const namesOf = (fields: Fields): string =>
  Object.keys(fields).length === 0 ? 'none' : Object.keys(fields).join(', ');

/** The object that is the body; an empty body is an empty one. */
async function readBody(request: Request): Promise<object> {
  const type = request.header('content-type');
  // Forms of web pages can send anything but this.
  if (type !== undefined && !/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new Problem(415, `a body must be application/json, not ${type}`, {
      headers: [['Accept-Post', 'application/json']],
    });
  }
  const hasBody =
    request.header('content-length') !== undefined ||
    request.header('transfer-encoding') !== undefined;
  const bytes = hasBody ? await request.body() : Buffer.alloc(0);
  if (bytes.length === 0) return {};
  if (type === undefined) {
    throw new Problem(415, 'a body needs the header Content-Type: application/json', {
      headers: [['Accept-Post', 'application/json']],
    });
  }
  const value = parse(bytes);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw badRequest([{ in: 'body', name: null, message: 'must be a JSON object' }]);
}

function parse(bytes: Buffer): unknown {
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) {
    throw badRequest([{ in: 'body', name: null, message: 'is not UTF-8' }]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const why = message.replace(/ in JSON at position \d+.*$/s, '');
    throw badRequest([
      { in: 'body', name: null, message: `is not JSON: ${placeOf(text, at)}: ${why}` },
    ]);
  }
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
