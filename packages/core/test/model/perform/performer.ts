import type { SupervisorEvent } from '../../../src/events/types.ts';
import type { Step } from '../step.ts';
import type { World } from '../world.ts';
import { children } from './children.ts';
import { Hands } from './hands.ts';
import type { Deeds } from './hands.ts';
import { processes } from './processes.ts';
import { surroundings } from './surroundings.ts';
import { whole } from './whole.ts';

/** So deep may what is done while something is told lead to more of that. */
const DEEPEST = 3;
const MOST_REACTIONS = 3;

const deeds: Deeds = {
  ...processes,
  ...children,
  ...surroundings,
  ...whole,
  when({ reactions }, step) {
    if (reactions.length < MOST_REACTIONS) reactions.push(step);
  },
};

/** Does what steps say, some of it while an event is being told. */
export class Performer {
  readonly #hands: Hands;

  constructor(world: World) {
    this.#hands = new Hands(world);
    world.supervisor.events.subscribe('PROCESS_STATE', (event) => this.#react(event));
  }

  perform(step: Step): void {
    const deed = deeds[step.do] as (hands: Hands, step: Step) => void;
    deed(this.#hands, step);
  }

  #react(event: SupervisorEvent): void {
    const hands = this.#hands;
    if (!('from' in event) || hands.depth >= DEEPEST) return;
    const at = hands.reactions.findIndex((one) => one.event === event.type);
    const [reaction] = at === -1 ? [] : hands.reactions.splice(at, 1);
    if (reaction === undefined) return;
    const { react } = reaction;
    const key = `${event.process.group}:${event.process.name}`;
    const { kernel, ledger } = hands.world;
    const { isSignalling } = ledger;
    const { spawnMs } = kernel;
    ledger.isSignalling = false;
    // What is told meanwhile is told later: a time that passes would be put down wrongly.
    kernel.spawnMs = 0;
    hands.depth += 1;
    this.perform('process' in react && react.process === '.' ? { ...react, process: key } : react);
    hands.depth -= 1;
    kernel.spawnMs = spawnMs;
    ledger.isSignalling = isSignalling;
  }
}
