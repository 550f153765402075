import { describe, expect, test } from '@jest/globals';

import { group, program, single } from '../support/config.ts';
import { pagesOf } from '../support/pages.ts';

const setUp = (): ReturnType<typeof pagesOf> =>
  pagesOf(
    group('g', [
      program('a', { startSeconds: 0 }),
      program('b', { startSeconds: 0, command: '/no/such' }),
    ]),
    group('h', [program('c', { startSeconds: 0 })]),
    single('web', { startSeconds: 0 }),
  );

describe('on a group', () => {
  test.each([
    ['startgroup', 'h', 'Group h started'],
    ['startgroup', 'g', 'ERROR: Group g: b (no such file)'],
    ['restartgroup', 'h', 'Group h restarted'],
    ['restartgroup', 'g', 'ERROR: Group g: b (no such file)'],
    ['stopgroup', 'g', 'Group g stopped'],
    ['cleargroup', 'g', 'Logs of group g cleared'],
    ['signalgroup', 'g', 'Signal HUP sent to group g'],
    ['startgroup', 'nosuch', 'No such group named nosuch'],
  ])('%s of %s says: %s', async (action, name, message) => {
    const { message: said } = setUp();
    expect(await said(`/?action=${action}&groupname=${name}&signal=HUP`)).toBe(message);
  });

  test('all its processes are concerned, and no others', async () => {
    const { message, supervisor } = setUp();
    await message('/?action=startgroup&groupname=h');
    expect(supervisor.find('h:c')[0]?.state).toBe('RUNNING');
    expect(supervisor.find('web')[0]?.state).toBe('STOPPED');
  });

  test.each(['/?action=startgroup', '/?action=startgroup&processname=web'])(
    '%s is none',
    async (target) => {
      await expect(setUp().ask(target)).rejects.toMatchObject({ status: 500 });
    },
  );
});

describe('on all', () => {
  test('is told when, or what failed', async () => {
    const { message, now } = setUp();
    expect(await message('/?action=startall')).toBe('ERROR: Not all started: b (no such file)');
    expect(await message('/?action=clearall')).toBe(`All logs cleared at ${now()}`);
    expect(await message('/?action=signalall&signal=USR1')).toBe('Signal USR1 sent to all');
    expect(await message('/?action=signalall&signal=FOO')).toBe(
      'ERROR: Not all signalled: a (no such signal), c (no such signal), web (no such signal)',
    );
  });
});

describe('a signal', () => {
  test('is sent by its name or number', async () => {
    const { message, kernel } = setUp();
    await message('/?action=start&processname=web');
    expect(await message('/?action=signal&processname=web&signal=HUP')).toBe(
      'Signal HUP sent to web',
    );
    expect(await message('/?action=signal&processname=web&signal=10')).toBe(
      'Signal 10 sent to web',
    );
    expect(kernel.children.at(-1)?.signals).toEqual([1, 10]);
  });

  test.each([
    ['signal=FOO', 'ERROR: Process web: no such signal'],
    ['', 'ERROR: Process web: no such signal'],
  ])('that is none is refused: %s', async (query, message) => {
    const { message: said } = setUp();
    await said('/?action=start&processname=web');
    expect(await said(`/?action=signal&processname=web&${query}`)).toBe(message);
  });

  test('needs somebody to get it', async () => {
    expect(await setUp().message('/?action=signal&processname=web&signal=HUP')).toBe(
      'ERROR: Process web: not running',
    );
  });
});
