import { isReady } from '@tsvisor/rpc';

import { exitStatus } from '../exit-status.ts';
import { nameOf } from '../names.ts';
import type { Session } from '../session.ts';
import { isUp } from '../upcheck.ts';
import { takesNoArguments, type Command } from './command.ts';

export const health: Command = {
  name: 'health',
  help: ['health\t\t\tWhether every program that starts by itself runs, for a HEALTHCHECK'],
  isHidden: true,
  async run(session, argument) {
    if (!takesNoArguments(session, health, argument)) return;
    if (!(await isUp(session))) {
      session.exitStatus = exitStatus.generic;
      return;
    }
    await judge(session);
  },
};

async function judge(session: Session): Promise<void> {
  const configs = await session.call('getAllConfigInfo');
  const infos = await session.call('getAllProcessInfo');
  const due = new Map(configs.filter(({ autostart }) => autostart).map((one) => [keyOf(one), one]));
  const ill = infos.filter((info) => {
    const config = due.get(keyOf(info));
    return config !== undefined && !isReady(info, config);
  });
  if (ill.length === 0) {
    session.print('healthy');
    return;
  }
  session.fail(
    `unhealthy: ${ill.map((info) => `${nameOf(info)} is ${info.statename}`).join(', ')}`,
  );
}

const keyOf = ({ group, name }: { readonly group: string; readonly name: string }): string =>
  `${group}:${name}`;
