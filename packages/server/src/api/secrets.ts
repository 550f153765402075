// What is shown of a configuration keeps its secrets. Better to hide too much than too little:
// nobody needs the hidden text in order to know what runs.

/** Stands in the place of a secret, whatever its length. */
export const MASK = '********';

/** Whether a variable or option of this name is likely to hold a secret. */
export function isSecretName(name: string): boolean {
  // Where the shell is, and a file that holds the secret, are none.
  if (/^(?:OLD)?PWD$/i.test(name) || /(?:^|[_.-])(?:FILE|PATH|DIR|FOLDER)$/i.test(name)) {
    return false;
  }
  return secretName.test(wordsOf(name));
}

/** Long words are telling wherever they stand, short ones as the end of a word or by themselves. */
const secretName = new RegExp(
  [
    'PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE|COOKIE|WEBHOOK|AUTHORIZATION',
    '(?:PASS|KEY|KEYS|PWD|DSN|AUTH|CREDS|SALT|OTP)(?:_|$)',
    '(?:^|_)(?:PW|PAT|PIN|JWT)(?:_|$)',
  ].join('|'),
);

/** `dbPassword`, `db-password` and `DB.PASSWORD` as `DB_PASSWORD`. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();

type Environment = Readonly<Record<string, string>>;

/** Variables with their values hidden: those that look like secrets, or all of them. */
export function maskEnvironment(environment: Environment, all = false): Environment {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      all || isSecretName(name) ? MASK : maskText(value),
    ]),
  );
}

/** The values of variables that look like secrets; shorter ones are found everywhere by chance. */
export function secretValues(
  environment: Readonly<Record<string, string | undefined>>,
  shortest = SHORTEST_SECRET,
): readonly string[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    isSecretName(name) && value.length >= shortest ? [value] : [],
  );
}

const SHORTEST_SECRET = 4;

/** A command, or any other text, with what is secret in it hidden; `known` are secrets themselves. */
export function maskText(text: string, known: readonly string[] = []): string {
  let masked = text;
  for (const secret of known.toSorted((one, other) => other.length - one.length)) {
    masked = masked.replaceAll(secret, MASK);
  }
  for (const [pattern, replacement] of rules) {
    masked = masked.replaceAll(pattern, replacement as (match: string) => string);
  }
  return masked;
}

type Rule = readonly [RegExp, (...parts: string[]) => string];

/** One word of a shell, quoted or not. */
const WORD = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+`;

/** Keeps the quotes around what is hidden. */
function hidden(word: string): string {
  const [quote = ''] = /^["']/.exec(word) ?? [];
  return `${quote}${MASK}${quote}`;
}

const rules: readonly Rule[] = [
  // scheme://user:password@host; a password with a slash in it is no URL, but is written.
  [/(:\/\/[^\s:@/'"]*):([^\s/?#'"]*)@/g, (_all, user = '') => `${user}:${MASK}@`],
  [/(:\/\/[^\s:@/'"]*):(?!\d+[/?#])([^\s@'"]*)@/g, (_all, user = '') => `${user}:${MASK}@`],
  // scheme://token@host
  [/(:\/\/)[^\s:@/'"]{16,}@/g, (_all, slashes = '') => `${slashes}${MASK}@`],
  // ?token=x&y=z in a URL
  [
    /([?&])([\w.-]+)=([^\s&#'"]+)/g,
    (all, mark = '', name = '') => (isSecretName(name) ? `${mark}${name}=${MASK}` : all),
  ],
  // --password=x, PASSWORD=x
  [
    new RegExp(String.raw`(?<![\w?&.-])(-{0,2})([\w.-]+)=(${WORD})`, 'g'),
    (all, dashes = '', name = '', word = '') =>
      isSecretName(name) ? `${dashes}${name}=${hidden(word)}` : all,
  ],
  // --password x
  [
    new RegExp(String.raw`(?<![\w-])(--?)([\w.-]+)(\s+)(?!-)(${WORD})`, 'g'),
    (all, dashes = '', name = '', space = '', word = '') =>
      isSecretName(name) ? `${dashes}${name}${space}${hidden(word)}` : all,
  ],
  // X-Api-Key: x, as in headers and YAML
  [
    /(?<![\w-])([\w-]+)(:\s+)([^'"\n]+)/g,
    (all, name = '', colon = '') => (isSecretName(name) ? `${name}${colon}${MASK}` : all),
  ],
  [
    /\b(Bearer|Basic)(\s+)[\w.~+/=-]+/gi,
    (_all, scheme = '', space = '') => `${scheme}${space}${MASK}`,
  ],
  // -u user:password
  [
    /(\s(?:-u|--user)[\s=]*["']?)([^\s:"'/]+):[^\s"']+/g,
    (_all, option = '', user = '') => `${option}${user}:${MASK}`,
  ],
  // Programs that take a password with a short option: -pX, and -p X or -a X.
  [
    new RegExp(String.raw`(\b(?:mysql|mariadb)[\w-]*\s(?:[^|;&]*\s)?-p)(${WORD})`, 'g'),
    (_all, before = '', word = '') => `${before}${hidden(word)}`,
  ],
  [
    new RegExp(
      String.raw`(\b(?:sshpass|mongo\w*|redis-cli)\s(?:[^|;&]*\s)?-[pa]\s*)(?!-)(${WORD})`,
      'g',
    ),
    (_all, before = '', word = '') => `${before}${hidden(word)}`,
  ],
  // Tokens that tell by their beginning what they are.
  [/\b(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-|sk-|AKIA|eyJ)[\w.-]{12,}/g, () => MASK],
];
