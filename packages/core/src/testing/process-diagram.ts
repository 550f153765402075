import type { Effect, Policy, ProcessEvent } from '../process/events-and-effects.ts';
import { exitStatus } from '../process/exit-status.ts';
import { neverStarted } from '../process/facts.ts';
import type { Facts } from '../process/facts.ts';
import { processStates } from '../process/states.ts';
import type { ProcessState } from '../process/states.ts';
import { transition, transitions } from '../process/transition.ts';
import { program } from './configs.ts';

const policy: Policy = { ...program('any', { autorestart: true }), supervising: true };

/** One event of each kind; where the outcome depends on a value, one of each outcome. */
const events: readonly (readonly [shown: string, event: ProcessEvent])[] = [
  ['start', { type: 'start', at: 1 }],
  ['spawned', { type: 'spawned', pid: 2 }],
  ['spawn-failed', { type: 'spawn-failed', why: '' }],
  ['stayed-up', { type: 'stayed-up', at: 1 }],
  ['exited before startsecs', exited(0)],
  ['exited', exited(5)],
  ['stop', { type: 'stop' }],
  ['stop-timed-out', { type: 'stop-timed-out', at: 1 }],
  ['backoff-elapsed', { type: 'backoff-elapsed', at: 1 }],
  ['retries-spent', { type: 'retries-spent', at: 1 }],
  ['restart-due', { type: 'restart-due', at: 1 }],
  ['kill', { type: 'kill' }],
  ['give-up', { type: 'give-up' }],
  ['signal-failed', { type: 'signal-failed' }],
];

function exited(ranSeconds: number): ProcessEvent {
  return { type: 'exited', at: 1, ranSeconds, status: exitStatus(0) };
}

/** The machine as a Markdown table: a row for every pair of state and event that does something. */
export function processDiagram(): string {
  const rows = (Object.keys(processStates) as ProcessState[]).flatMap(rowsOf);
  return ['| state | event | next | effects |', '| --- | --- | --- | --- |', ...rows, ''].join(
    '\n',
  );
}

function rowsOf(state: ProcessState): string[] {
  const facts: Facts = { ...neverStarted, state, pid: 2 };
  return events.flatMap(([shown, event]) => {
    if (transitions[state][event.type] === undefined) return [];
    const [next, effects] = transition(facts, event, policy);
    // Only a start has a deadline: elsewhere the two exits are one.
    if (shown === 'exited before startsecs' && state !== 'STARTING') return [];
    return [`| ${state} | ${shown} | ${next.state} | ${effects.map(effectText).join(', ')} |`];
  });
}

function effectText(effect: Effect): string {
  switch (effect.type) {
    case 'announce':
      return `announce ${effect.to}`;
    case 'spawn':
      return 'spawn';
    case 'set-timer':
      return `timer for ${effect.fires}`;
    case 'signal':
      return effect.signal === 9 ? 'send SIGKILL' : 'send the stop signal';
    case 'tell-gone':
      return 'tell its group';
    case 'again':
      return `then ${effect.event.type}`;
    case 'say':
      return `log "${effect.what.type}"`;
  }
}
