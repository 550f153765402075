// One daemon, ours or the real one, and one client at a time, ours or the real one.
import { execFile } from 'node:child_process';

import { freePort } from '../hostile/daemon.ts';
import { Sandbox, waitFor } from '../support/sandbox.ts';
import type { Running } from '../support/sandbox.ts';

export class Stage {
  readonly sandbox = new Sandbox();
  port = 0;
  daemon: Running | undefined;

  /** Starts a daemon with these programs, behind user:secret on a socket file and a port. */
  async open(program: string, programs: string): Promise<void> {
    this.port = await freePort();
    this.configure(programs);
    const command = ['-n', '-c', this.sandbox.path('supervisord.conf')];
    this.daemon = this.sandbox.run(program, command);
    await this.started(1);
    // supervisord starts its programs a second later.
    await this.logged('entered RUNNING state');
  }

  configure(programs: string): void {
    const path = (name: string): string => this.sandbox.path(name);
    this.sandbox.write(
      'supervisord.conf',
      `[unix_http_server]
file=${path('s.sock')}
username=user
password=secret
[inet_http_server]
port=127.0.0.1:${this.port}
username=user
password=secret
[supervisord]
logfile=${path('main.log')}
pidfile=${path('d.pid')}
childlogdir=${this.sandbox.folder}
identifier=stage
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${path('s.sock')}
username=user
password=secret
${programs}
`,
    );
  }

  /** Waits until it has started that many times. */
  async started(times: number): Promise<void> {
    await waitFor(`the daemon to start: ${this.daemon?.stderr()}${this.daemon?.stdout()}`, () => {
      return this.#log().split('supervisord started with pid').length > times;
    });
  }

  /** What a client prints, and its exit status. */
  client(program: string, args: readonly string[]): Promise<string> {
    return new Promise((resolve) => {
      const command = ['-c', this.sandbox.path('supervisord.conf'), ...args];
      const options = { cwd: this.sandbox.folder, timeout: 20_000 };
      const child = execFile(program, command, options, (error, stdout, stderr) => {
        const status = error === null ? 0 : error.code;
        resolve(`${this.masked(stdout + stderr)}exit ${status}\n`);
      });
      child.stdin?.end();
    });
  }

  /** Without what no two daemons have in common. */
  masked(text: string): string {
    return (
      text
        .replaceAll(this.sandbox.folder, 'FOLDER')
        .replaceAll(String(this.port), 'PORT')
        .replaceAll(/pid \d+, uptime \d:\d\d:\d\d/g, 'pid N, uptime H:MM:SS')
        .replaceAll(/^\d+$/gm, 'N')
        // supervisorctl says where in Python it was.
        .replaceAll(/: file: \S+ line: \d+/g, ': file: FILE line: N')
        .replaceAll(/[A-Z][a-z]{2} \d\d \d\d:\d\d [AP]M/g, 'DATE')
    );
  }

  /** Waits until the main log says so. */
  async logged(text: string): Promise<void> {
    await waitFor(`the main log to say ${text}`, () => this.#log().includes(text));
  }

  #log(): string {
    return this.sandbox.read('main.log');
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
