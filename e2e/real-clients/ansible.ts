// What Ansible's community.general.supervisorctl does with a client: which commands it runs, and
// which words and exit statuses it goes by.
import type { Stage } from './stage.ts';

type State = 'present' | 'started' | 'stopped' | 'restarted' | 'absent' | 'signalled';

interface Ran {
  readonly status: number;
  readonly stdout: string;
}

type Outcome = 'changed' | 'unchanged' | `failed: ${string}`;

class Failure extends Error {}

const isUp = (status: string): boolean => status === 'RUNNING' || status === 'STARTING';

export class SupervisorctlModule {
  readonly #client: string;
  readonly #stage: Stage;

  constructor(client: string, stage: Stage) {
    this.#client = client;
    this.#stage = stage;
  }

  async apply(name: string, state: State, signal = ''): Promise<Outcome> {
    try {
      return (await this.#bringTo(name, state, signal)) ? 'changed' : 'unchanged';
    } catch (error) {
      if (error instanceof Failure) return `failed: ${error.message.trim()}`;
      throw error;
    }
  }

  async #bringTo(name: string, state: State, signal: string): Promise<boolean> {
    if (state === 'restarted') {
      await this.#must('update');
      return this.#each(await this.#known(name), () => true, 'restart', 'started');
    }
    const processes = await this.#matching(name);
    if (state === 'absent') {
      if (processes.length === 0) return false;
      await this.#each(processes, isUp, 'stop', 'stopped');
      await this.#must('reread');
      return this.#says('remove', name, `${name}: removed process group`);
    }
    if (state === 'present') {
      if (processes.length > 0) return false;
      await this.#must('reread');
      return this.#says('add', name, `${name}: added process group`);
    }
    if (processes.length === 0) throw new Failure(`no such process ${name}`);
    if (state === 'started') {
      return this.#each(processes, (status) => !isUp(status), 'start', 'started');
    }
    if (state === 'stopped') return this.#each(processes, isUp, 'stop', 'stopped');
    return this.#each(processes, (status) => status === 'RUNNING', `signal ${signal}`, 'signalled');
  }

  async #known(name: string): Promise<(readonly [string, string])[]> {
    const processes = await this.#matching(name);
    if (processes.length === 0) throw new Failure(`no such process ${name}`);
    return processes;
  }

  /** NAME, or GROUP: for all of a group, by the first two words of each line. */
  async #matching(name: string): Promise<(readonly [string, string])[]> {
    const { stdout } = await this.#run('status');
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ').filter((word) => word !== ''))
      .map(([process = '', status = '']) => [process, status] as const)
      .filter(([process]) =>
        name.endsWith(':') ? process.startsWith(name) && process !== name : process === name,
      );
  }

  async #each(
    processes: readonly (readonly [string, string])[],
    concerns: (status: string) => boolean,
    action: string,
    done: string,
  ): Promise<boolean> {
    const concerned = processes.filter(([, status]) => concerns(status));
    for (const [process] of concerned) {
      const { stdout } = await this.#must(action, process);
      if (!stdout.includes(`${process}: ${done}`)) throw new Failure(stdout);
    }
    return concerned.length > 0;
  }

  async #says(action: string, name: string, words: string): Promise<boolean> {
    const { stdout } = await this.#run(action, name);
    if (stdout.includes(words)) return true;
    throw new Failure(stdout);
  }

  async #must(...words: readonly string[]): Promise<Ran> {
    const ran = await this.#run(...words);
    if (ran.status !== 0) throw new Failure(ran.stdout);
    return ran;
  }

  async #run(...words: readonly string[]): Promise<Ran> {
    const shown = await this.#stage.client(this.#client, words.join(' ').split(' '));
    const [, stdout = '', status] = /^(.*)exit (\d+)\n$/s.exec(shown) ?? [];
    return { status: Number(status), stdout };
  }
}
