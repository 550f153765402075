import { metrics } from '../../packages/server/src/metrics/table.ts';
import type { Metric } from '../../packages/server/src/metrics/table.ts';
import { code, generated, page, table } from './markdown.ts';

interface Chapter {
  readonly title: string;
  readonly about: string;
  readonly prefixes: readonly string[];
}

const chapters: readonly Chapter[] = [
  {
    title: 'As node_exporter’s supervisord collector',
    about:
      'The same names, labels and values, so that its dashboards and alerts keep working. The start time is there only while the process is up; OpenMetrics calls it `unknown`, since a counter has another name there.',
    prefixes: ['node_supervisord_'],
  },
  {
    title: 'tsvisor’s own',
    about:
      'Counters by process or pool go on when a group is removed and added again; a `reload` begins anew, as a restart of the daemon does. CPU time is what was seen of a process: what it used after the last scrape of a life is not in it.',
    prefixes: ['tsvisor_'],
  },
  {
    title: 'Of the daemon itself',
    about: 'By the names that other exporters have.',
    prefixes: ['process_', 'nodejs_'],
  },
];

/** docs/reference/metrics.md: every metric of `/metrics`. */
export function metricsPage(): string {
  return page(
    '# Metrics',
    generated,
    'What `/metrics` of a server with `metrics=true` tells, as text format 0.0.4 of Prometheus or as OpenMetrics 1.0. [The guide](../guide/monitor.md) says how to scrape it.',
    ...chapters.flatMap(({ title, about, prefixes }) => [
      `## ${title}`,
      about,
      table(
        ['metric', 'type', 'meaning'],
        metrics
          .filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)))
          .map((metric) => [code(metric.name + labels(metric)), metric.type, metric.help]),
      ),
    ]),
  );
}

const labels = (metric: Metric): string =>
  metric.labels.length === 0 ? '' : `{${metric.labels.join(',')}}`;
