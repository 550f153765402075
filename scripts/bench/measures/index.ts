import type { Measure } from '../harness/measure.ts';
import { background } from './background.ts';
import { besideIdle } from './beside-idle.ts';
import { events } from './events.ts';
import { growth } from './growth.ts';
import { hundred } from './hundred.ts';
import { idle } from './idle.ts';
import { lines } from './lines.ts';
import { memory } from './memory.ts';
import { page } from './page.ts';
import { respawn } from './respawn.ts';
import { rpc } from './rpc.ts';
import { slowStop } from './slow-stop.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';
import { thousand } from './thousand.ts';
import { writer } from './writer.ts';

/** In the order of the table. */
export const measures: readonly Measure[] = [
  start,
  background,
  thousand,
  status,
  rpc,
  respawn,
  writer,
  lines,
  besideIdle,
  hundred,
  idle,
  stop,
  slowStop,
  events,
  page,
  memory,
  growth,
];
