/** The values of options as a file would say them, so that they are read, and refused, as a file's are. */

const octalKeys = new Set(['umask', 'socket_mode']);
/** Filled in twice when they are read. */
const twiceExpanded = new Set(['stdout_logfile', 'stderr_logfile']);
/** The one option that keeps its `%`. */
const PROCESS_NAME = 'process_name';

const unexpanded = (text: string): string => text.replaceAll('%', '%%');

/** @throws {TypeError} for what no option can be */
export function textOf(key: string, value: unknown): string {
  const text = plainText(key, value);
  if (key === PROCESS_NAME) return text;
  return twiceExpanded.has(key) ? unexpanded(unexpanded(text)) : unexpanded(text);
}

function plainText(key: string, value: unknown): string {
  if (typeof value === 'number') return value.toString(octalKeys.has(key) ? 8 : 10);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return key.endsWith('_logfile') ? logfile(value) : value;
  if (Array.isArray(value)) {
    if (value.length === 0 && key === 'command') return '';
    const words = value.map((one) => word(key, one));
    return key === 'command' ? words.map(quoted).join(' ') : words.join(',');
  }
  if (key === 'environment' && typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, variable]) => variable !== undefined)
      .map(([name, variable]) => `${inDoubleQuotes(name)}=${inDoubleQuotes(word(key, variable))}`)
      .join(',');
  }
  throw new TypeError(`${shown(value)} is no value for it`);
}

function word(key: string, value: unknown): string {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new TypeError('a NUL cannot be in it');
    return value;
  }
  if (typeof value === 'number' && key !== 'command') return String(value);
  throw new TypeError(`${shown(value)} cannot be in it`);
}

const shown = (value: unknown): string =>
  typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));

/** A path that is called as a word of the file is another way to write the same path. */
function logfile(value: string): string {
  if (value === 'memory') return 'AUTO';
  if (value === 'none') return 'NONE';
  return /^(?:none|off|auto|syslog|stdout|stderr)$/i.test(value) ? `./${value}` : value;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
const inDoubleQuotes = (text: string): string => `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
