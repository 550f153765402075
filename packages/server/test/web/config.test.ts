import { describe, expect, test } from '@jest/globals';

import { group, program, single } from '../support/config.ts';
import { pagesOf } from '../support/pages.ts';

const setUp = () =>
  pagesOf(
    single('web', {
      command: '/bin/web --password=geheim99',
      environment: { TOKEN: 'geheim99', MODE: '<fast>' },
      stopWaitSeconds: 30,
    }),
    group('g', [program('a')]),
  );

describe('the configuration of a process', () => {
  test('shows its options, what is set apart from the rest', async () => {
    const page = await setUp().text('/config.html?processname=web');
    expect(page).toContain('<title>Configuration of web</title>');
    expect(page).toContain('<tr class="set"><th scope="row">stopwaitsecs</th>');
    expect(page).toContain('<tr class="default"><th scope="row">startsecs</th>');
    expect(page).toContain('&lt;fast>');
  });

  test('keeps secrets', async () => {
    const page = await setUp().text('/config.html?processname=web');
    expect(page).not.toContain('geheim99');
    expect(page).toContain('********');
  });

  test('of one that is not there is 404, and says so', async () => {
    const { status, body } = await setUp().ask('/config.html?processname=%3Cb%3E');
    expect(status).toBe(404);
    expect(body.toString()).toContain('No such process named &lt;b>');
  });
});

test('the whole configuration leads to that of each process', async () => {
  const page = await setUp().text('/config.html');
  expect(page).toContain('<a href="config.html?processname=g%3Aa">');
  expect(page).toContain('<h2>supervisord</h2>');
  expect(page).not.toContain('geheim99');
});
