import { DateTime } from '../values.ts';
import { UnmarshallableError } from './errors.ts';

/** `YYYYMMDDTHH:MM:SS`; like `strptime`, fields but the year may leave out a leading zero. */
const dateTimeForm =
  /^(\d{4})(1[0-2]|0[1-9]|[1-9])(3[01]|[12]\d|0[1-9]|[1-9])T(2[0-3]|[01]\d|\d):([0-5]\d|\d):([0-5]\d|\d)$/i;

export function parseDateTime(text: string): DateTime {
  const found = dateTimeForm.exec(text);
  if (!found) throw new UnmarshallableError('a dateTime.iso8601 that is not YYYYMMDDTHH:MM:SS');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map(Number);
  if (year === 0 || day > daysIn(year, month)) {
    throw new UnmarshallableError('a dateTime.iso8601 that names no day');
  }
  return new DateTime([year, month, day, hour, minute, second]);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The form that `parseDateTime` reads. */
export function formatDateTime(moment: DateTime): string {
  const two = (field: number): string => String(field).padStart(2, '0');
  const date = `${String(moment.year).padStart(4, '0')}${two(moment.month)}${two(moment.day)}`;
  return `${date}T${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
}
