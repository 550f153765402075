import { describe, expect, test } from '@jest/globals';

import { MASK, isSecretName, maskEnvironment, maskText } from '../../src/api/secrets.ts';

describe('a variable is a secret by its name', () => {
  test.each([
    'PASSWORD',
    'PGPASSWORD',
    'MYSQL_PWD',
    'DB_PASS',
    'AWS_SECRET_ACCESS_KEY',
    'API_KEY',
    'APIKEY',
    'GITHUB_TOKEN',
    'githubToken',
    'SENTRY_DSN',
    'BASIC_AUTH',
    'CREDENTIALS',
    'SESSION_COOKIE',
    'PRIVATE_PEM',
    'tls.keys',
  ])('%s', (name) => expect(isSecretName(name)).toBe(true));

  test.each(['PATH', 'PWD', 'OLDPWD', 'HOME', 'KEYBOARD', 'AUTHOR', 'POSTGRES_PASSWORD_FILE'])(
    '%s is none',
    (name) => expect(isSecretName(name)).toBe(false),
  );
});

describe('a command is shown without its secrets', () => {
  test.each([
    ['app --password=hunter2 --port 80', `app --password=${MASK} --port 80`],
    ['app --db-password "a b" -v', `app --db-password "${MASK}" -v`],
    ["app --token 'x y'", `app --token '${MASK}'`],
    ['app -password hunter2', `app -password ${MASK}`],
    ['app --secret --verbose', 'app --secret --verbose'],
    ['env API_KEY=abc app', `env API_KEY=${MASK} app`],
    [`sh -c "PASSWORD=x exec app"`, `sh -c "PASSWORD=${MASK} exec app"`],
    ['psql postgres://me:hunter2@db:5432/x', `psql postgres://me:${MASK}@db:5432/x`],
    ['psql postgres://me:hunt/er2@db/x', `psql postgres://me:${MASK}@db/x`],
    ['redis-server redis://:hunter2@h', `redis-server redis://:${MASK}@h`],
    ['get http://h:80/a@b', 'get http://h:80/a@b'],
    ['get https://0123456789abcdef0123@sentry.io/1', `get https://${MASK}@sentry.io/1`],
    ['get http://h/?token=x&page=2', `get http://h/?token=${MASK}&page=2`],
    ['curl -u me:hunter2 http://h/', `curl -u me:${MASK} http://h/`],
    ['curl -H "X-Api-Key: abc def" http://h', `curl -H "X-Api-Key: ${MASK}" http://h`],
    ['curl -H "Authorization: Bearer abc"', `curl -H "Authorization: ${MASK}"`],
    ['mysqldump -u root -phunter2 db', `mysqldump -u root -p${MASK} db`],
    ['sshpass -p hunter2 ssh h', `sshpass -p ${MASK} ssh h`],
    ['redis-cli -h x -a hunter2 ping', `redis-cli -h x -a ${MASK} ping`],
    ['app ghp_0123456789abcdefghij', `app ${MASK}`],
    ['nginx -p /srv -g "daemon off;"', 'nginx -p /srv -g "daemon off;"'],
    ['app -port 80 -path /x', 'app -port 80 -path /x'],
  ])('%s', (command, shown) => expect(maskText(command)).toBe(shown));

  test('what a secret variable holds is hidden wherever it stands', () => {
    expect(maskText('app hunter2 hunter2!', ['hunter2'])).toBe(`app ${MASK} ${MASK}!`);
  });

  test('takes no long time over a long command', () => {
    const started = performance.now();
    maskText(`mysql ${'-p '.repeat(5000)}${'a'.repeat(20_000)}://${'b:'.repeat(5000)}`);
    maskText(`"${'\\"'.repeat(20_000)}--password `.repeat(2));
    maskText('sshpass '.repeat(5000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test('an environment keeps its names; who may only look sees no values', () => {
  const environment = { PATH: '/bin', API_KEY: 'x', URL: 'http://a:b@c/' };
  expect(maskEnvironment(environment)).toEqual({
    PATH: '/bin',
    API_KEY: MASK,
    URL: `http://a:${MASK}@c/`,
  });
  expect(maskEnvironment(environment, true)).toEqual({ PATH: MASK, API_KEY: MASK, URL: MASK });
});
