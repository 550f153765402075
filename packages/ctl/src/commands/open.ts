import type { Command } from './command.ts';
import { showStatus } from './status.ts';

export const open: Command = {
  name: 'open',
  help: [
    'open <url>\tConnect to a remote supervisord process.',
    '\t\t(for UNIX domain socket, use unix:///socket/path)',
  ],
  async run(session, argument) {
    const url = argument.trim();
    if (!/^(unix|https?):/i.test(url)) {
      session.fail('ERROR: url must be http:// or unix://');
      return;
    }
    session.server = { ...session.server, url };
    const before = session.exitStatus;
    await showStatus(session, []);
    session.exitStatus = before;
  },
};
