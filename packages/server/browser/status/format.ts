import { NOT_KNOWN } from '../../src/web/status/row.ts';

const DAY = 86_400;

/** `0:00:05`, `1 day, 0:00:00`, as the server writes it. */
export function formatUptime(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  const days = Math.floor(total / DAY);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${Math.floor((total % DAY) / 3600)}:${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;
  return days === 0 ? clock : `${days} day${days === 1 ? '' : 's'}, ${clock}`;
}

/** `0.4%`, `12%`, `250%`: 100 is one core; null: not known yet. */
export function formatCpu(percent: number | null): string {
  if (percent === null) return NOT_KNOWN;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)}%`;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `812 KiB`, `48.2 MiB`: three digits are enough. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
