// The two text formats of Prometheus: "text format 0.0.4" and OpenMetrics 1.0.

export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly labels: readonly string[];
}

/** The values of the labels, in their order, and the value. */
export type Sample = readonly [labels: readonly string[], value: number];

export type Format = 'text' | 'openmetrics';

export const contentTypes: Readonly<Record<Format, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** So many characters are made bytes at a time: a heap that is kept small has no room for text to be joined. */
const AT_ONCE = 8192;

/** A family with its samples; nothing if there are none. */
export function familyBytes(
  family: Family,
  samples: Iterable<Sample>,
  format: Format,
): readonly Buffer[] {
  const { name, labels } = family;
  // Most of the time of an answer goes into this loop.
  const done: Buffer[] = [];
  let lines = '';
  for (const [values, value] of samples) {
    lines += name;
    for (let at = 0; at < labels.length; at += 1) {
      lines += `${at === 0 ? '{' : ','}${labels[at]}="${labelText(values[at] ?? '')}"`;
    }
    lines += `${labels.length === 0 ? '' : '}'} ${numberText(value)}\n`;
    if (lines.length < AT_ONCE) continue;
    done.push(Buffer.from(lines));
    lines = '';
  }
  if (lines !== '') done.push(Buffer.from(lines));
  return done.length === 0 ? done : [Buffer.from(head(family, format)), ...done];
}

/** What follows the last family. */
export const endText = (format: Format): string => (format === 'openmetrics' ? '# EOF\n' : '');

function head({ name, type, help }: Family, format: Format): string {
  if (format === 'text') {
    const escaped = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
    return `# HELP ${name} ${escaped}\n# TYPE ${name} ${type}\n`;
  }
  const isCounted = type === 'counter' && name.endsWith('_total');
  // The name is the family's, to which a counter adds `_total`; what has another name is no counter.
  const family = isCounted ? name.slice(0, -'_total'.length) : name;
  const shown = type === 'counter' && !isCounted ? 'unknown' : type;
  return `# HELP ${family} ${labelText(help)}\n# TYPE ${family} ${shown}\n`;
}

const special = /[\\"\n]/;

function labelText(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
