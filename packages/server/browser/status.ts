import type { ProcessDocument } from '../src/api/process-document.ts';
import { startShell } from './shell.ts';
// The status page, live.
import { startActions } from './status/actions.ts';
import { announce, announceChanges } from './status/announce.ts';
import { startFilter } from './status/filter.ts';
import { startKeys } from './status/keys.ts';
import { Programs } from './status/programs.ts';
import { showSupervisor } from './status/supervisor.ts';
import { startUsage } from './status/usage.ts';
import { Stream, showLink } from './stream.ts';

startShell();
const stream = new Stream();
showLink(stream);

const programs = new Programs();
const filter = startFilter(programs, announce);
startActions(stream, programs);
startKeys(filter);
startUsage(stream, programs);
programs.onChange(filter.apply);
programs.onChange(announceChanges);

stream.subscribe(
  () => ({ to: 'states' }),
  (message) => {
    switch (message.type) {
      case 'states': {
        const { state } = message['supervisor'] as { state: string };
        showSupervisor(state);
        programs.replaceAll(message['processes'] as ProcessDocument[]);
        break;
      }
      case 'state':
        programs.put(message['process'] as ProcessDocument);
        break;
      case 'removed':
        programs.remove(String(message['process']));
        break;
      case 'supervisor':
        showSupervisor(String(message['state']));
        break;
    }
  },
);
