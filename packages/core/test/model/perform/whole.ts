import { configOf, groupsOf, processOf } from '../programs.ts';
import { Random } from '../random.ts';
import type { Hands, SomeDeeds } from './hands.ts';

/** What somebody asks of the supervisor as a whole: its configuration, its groups, its end. */
export const whole = {
  'reopen logs': (hands) => hands.world.supervisor.reopenLogs(),
  reread: ({ world: { setting, supervisor } }, { variant }) =>
    void supervisor.reread(configOf(variant, setting)),
  update: (hands, { variant }) => update(hands, variant),
  'update group': (hands, { variant, group }) => update(hands, variant, [group]),
  'add group': (hands, { group }) => hands.refused(() => hands.world.supervisor.addGroup(group)),
  'remove group'(hands, { group }) {
    const { supervisor } = hands.world;
    hands.removed.push(...(supervisor.group(group)?.processes ?? []));
    hands.refused(() => supervisor.removeGroup(group));
  },
  'create group'(hands, step) {
    const group = groupsOf(step.variant).find(({ name }) => name === step.group);
    if (group !== undefined) hands.refused(() => hands.world.supervisor.createGroup(group));
  },
  'add process'(hands, { process, variant }) {
    const [group = '', name = ''] = process.split(':');
    const added = processOf(name, new Random(variant));
    hands.refused(() => hands.world.supervisor.addProcesses(group, [added]));
  },
  'remove process'(hands, { process }) {
    const [group = '', name = ''] = process.split(':');
    hands.refused(() => hands.world.supervisor.removeProcess(group, name));
  },
  hurry({ world: { ledger, supervisor } }) {
    ledger.end.hurried();
    supervisor.hurry();
  },
  shutdown({ world: { ledger, supervisor }, depth }, { mood }) {
    ledger.end.isInside ||= depth > 0;
    void supervisor.shutdown(mood);
  },
} satisfies SomeDeeds;

function update({ world }: Hands, variant: number, only?: readonly string[]): void {
  const { setting, supervisor, ledger, promised } = world;
  ledger.updates += 1;
  const updated = supervisor.update(configOf(variant, setting), only);
  const done = (): void => void (ledger.updates -= 1);
  void updated.finally(done).catch(() => undefined);
  promised.add('the update', updated);
}
