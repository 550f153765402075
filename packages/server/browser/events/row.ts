import { LineBuilder } from '../log/line-builder.ts';
import { detailsOf, toneOf } from './details.ts';
import type { Happening } from './happening.ts';

/** A row of the table; what came from programs is only ever text in it. */
export function eventRow({ time, event, process, payload }: Happening): HTMLElement {
  const row = document.createElement('tr');
  const name = cell(event);
  const tone = toneOf(event);
  if (tone !== undefined) name.classList.add(tone);
  const details = cell('');
  details.className = 'details';
  const { pairs, data } = detailsOf(payload);
  for (const [key, value] of pairs) {
    const label = document.createElement('b');
    label.textContent = `${key}:`;
    details.append(label, `${harmless(value)} `);
  }
  details.append(harmless(data));
  row.append(cell(time), name, processCell(process, event), details);
  return row;
}

function processCell(process: string, event: string): HTMLElement {
  // A whole group has no log.
  if (process === '' || event.startsWith('PROCESS_GROUP')) return cell(process);
  const made = cell('');
  const link = document.createElement('a');
  link.href = `log.html?processname=${encodeURIComponent(process)}`;
  link.textContent = process;
  made.append(link);
  return made;
}

function cell(text: string): HTMLElement {
  const made = document.createElement('td');
  made.textContent = text;
  return made;
}

/** As text of one line, with nothing in it that acts. */
function harmless(text: string): string {
  const lines: string[] = [];
  const builder = new LineBuilder((line) => lines.push(line.text));
  builder.add(text);
  builder.finish();
  return lines.join(' ⏎ ');
}
