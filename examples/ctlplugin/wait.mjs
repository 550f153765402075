// An action of one's own: tsvctl wait NAME [STATE] returns when the program is in that state.
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * From the repository; elsewhere the type is `import('@tsvisor/ctl/plugin').ControlPluginFactory`.
 * @type {import('../../packages/ctl/src/plugin-interface.ts').ControlPluginFactory}
 */
export function makeWait(controller, { seconds = '10' }) {
  return {
    async do_wait(argument) {
      const [name, state = 'RUNNING'] = argument.split(/\s+/);
      if (!name) {
        controller.output(this.help_wait());
        controller.exitStatus = 2;
        return;
      }
      if (!(await controller.upcheck())) return;
      const deadline = performance.now() + Number(seconds) * 1000;
      for (;;) {
        const { statename } = await controller.call('supervisor.getProcessInfo', name);
        if (statename === state || performance.now() >= deadline) {
          controller.output(`${name} is ${statename}`);
          controller.exitStatus = statename === state ? 0 : 1;
          return;
        }
        await sleep(100);
      }
    },

    help_wait: () => 'wait <name> [<state>]\tWait until the program is in that state (RUNNING)',
  };
}
