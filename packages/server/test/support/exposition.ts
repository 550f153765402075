// A strict reader of both text formats of Prometheus: what a scraper might only tolerate is refused.

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly ReadSample[];
}

/** @throws {Error} that names the line */
export function readExposition(
  text: string,
  format: 'text' | 'openmetrics',
): ReadonlyMap<string, ReadFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const lines = text.split('\n').slice(0, -1);
  if (format === 'openmetrics' && lines.pop() !== '# EOF') throw new Error('no # EOF at the end');
  const families = new Map<string, ReadFamily & { samples: ReadSample[] }>();
  const series = new Set<string>();
  let family: (ReadFamily & { samples: ReadSample[] }) | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const wrong = (what: string): Error => new Error(`line ${at + 1}: ${what}: ${line}`);
    if (line.startsWith('#')) {
      const [, name, help] = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line) ?? [];
      const type = /^# TYPE (\S+) (counter|gauge|unknown)$/.exec(lines[(at += 1)] ?? '');
      if (name === undefined || help === undefined) throw wrong('no HELP');
      if (type?.[1] !== name || families.has(name)) throw wrong('no TYPE after it, or a second');
      if (format === 'text' && type[2] === 'unknown') throw wrong('a type of OpenMetrics');
      family = {
        name,
        type: type[2]!,
        help: unescape(help, format === 'openmetrics'),
        samples: [],
      };
      families.set(name, family);
      continue;
    }
    const sample = readSample(line);
    if (sample === undefined) throw wrong('no sample');
    if (family === undefined) throw wrong('a sample of no family');
    const suffix = format === 'openmetrics' && family.type === 'counter' ? '_total' : '';
    if (sample.name !== family.name + suffix) throw wrong(`not of the family ${family.name}`);
    const labels = Object.entries(sample.labels).map((pair) => JSON.stringify(pair));
    const key = [sample.name, ...labels.toSorted()].join();
    if (series.has(key)) throw wrong('the same series again');
    series.add(key);
    if (family.type === 'counter' && !(sample.value >= 0)) throw wrong('a counter below 0');
    family.samples.push(sample);
  }
  for (const { name, samples } of families.values()) {
    if (samples.length === 0) throw new Error(`${name} has no sample`);
    const shapes = new Set(samples.map(({ labels }) => Object.keys(labels).join()));
    if (shapes.size !== 1) throw new Error(`${name} has samples of different labels`);
  }
  return families;
}

function readSample(line: string): ReadSample | undefined {
  const [head, name] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(line) ?? [];
  if (head === undefined || name === undefined) return undefined;
  let rest = line.slice(head.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith('{')) {
    do {
      const [all, label, value] =
        /^[{,]([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"/.exec(rest) ?? [];
      if (all === undefined || label === undefined || label in labels) return undefined;
      labels[label] = unescape(value!, true);
      rest = rest.slice(all.length);
    } while (rest.startsWith(','));
    if (!rest.startsWith('}')) return undefined;
    rest = rest.slice(1);
  }
  const [, number] = /^ (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)$/.exec(rest) ?? [];
  if (number === undefined) return undefined;
  return { name, labels, value: Number(number.replace('Inf', 'Infinity')) };
}

function unescape(text: string, hasQuotes: boolean): string {
  return text.replaceAll(/\\(.)/g, (_all, letter: string) => {
    if (letter === 'n') return '\n';
    if (letter === '\\' || (letter === '"' && hasQuotes)) return letter;
    throw new Error(`not an escape: \\${letter}`);
  });
}
