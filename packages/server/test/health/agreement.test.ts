import { expect, test } from '@jest/globals';

import { processStates } from '@tsvisor/core';
import type { Process, ProcessState } from '@tsvisor/core';
import { isReady } from '@tsvisor/rpc';

import { readinessOf } from '../../src/health/readiness.ts';

const states = Object.keys(processStates) as ProcessState[];
const restarts = [true, false, 'unexpected'] as const;

test.each(
  states.flatMap((state) =>
    restarts.flatMap((autorestart) =>
      [0, 1, 2].map((status) => [state, autorestart, status] as const),
    ),
  ),
)(
  '/readyz and `tsvctl health` agree on %s, autorestart=%s, status %i',
  (state, autorestart, exit) => {
    const exitCodes = [0, 2];
    const facts = { state, exitStatus: exit, startedAt: 1, spawnError: null, endedBy: null };
    const config = { autostart: true, autorestart, exitCodes };
    const process = { name: 'web', group: 'web', state, facts, config } as unknown as Process;
    const groups = [{ processes: [process] }] as unknown as Parameters<
      typeof readinessOf
    >[0]['groups'];
    expect(readinessOf({ groups, state: 'RUNNING' }, null).isReady).toBe(
      isReady({ statename: state, exitstatus: exit }, { autorestart, exitcodes: exitCodes }),
    );
  },
);
