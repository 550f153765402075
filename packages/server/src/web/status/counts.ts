import type { ProcessState } from '@tsvisor/core';

import { element } from './markup.ts';
import type { Element } from './markup.ts';
import { statesByConcern } from './states.ts';

/** How many are in each state; those that nobody is in are left out. */
export function counts(states: readonly ProcessState[]): readonly Element[] {
  const byState = new Map<ProcessState, number>();
  for (const state of states) byState.set(state, (byState.get(state) ?? 0) + 1);
  return statesByConcern
    .filter((state) => byState.has(state))
    .map((state) =>
      element(
        'button',
        { class: 'count', 'data-state': state, disabled: true, type: 'button' },
        element('b', {}, String(byState.get(state))),
        ` ${state.toLowerCase()}`,
      ),
    );
}
