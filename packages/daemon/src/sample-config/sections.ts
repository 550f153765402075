/** A section of the sample: a kind of section of the configuration, and what is shown of it. */
export interface SampleSection {
  /** The name of its kind. */
  readonly kind: string;
  /** What follows the kind's name, for `program:` and the like. */
  readonly name?: string;
  /** In force as it stands. The others are comments as a whole. */
  readonly isActive?: true;
  /** What is set, in an active section; all else is a comment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What a comment shows in the place of the default. */
  readonly examples?: Readonly<Record<string, string>>;
  /** Blanks around `=`, as scripts expect that edit the file by its lines. */
  readonly isSpaced?: true;
  /** What is said before it, a paragraph each. */
  readonly remarks?: readonly string[];
}

const program = {
  command: '/bin/cat',
  directory: '/tmp',
  umask: '022',
  serverurl: 'AUTO',
  user: 'nobody',
  environment: 'A="1",B="2"',
  stdout_prefix: '%(program_name)s |',
};

/** In the order of the file. */
export const sampleSections: readonly SampleSection[] = [
  {
    kind: 'unix_http_server',
    isActive: true,
    settings: { file: '/tmp/supervisor.sock' },
    examples: { username: 'user', password: '123', chown: 'nobody:nogroup' },
  },
  {
    kind: 'inet_http_server',
    examples: { username: 'user', password: '123', port: '127.0.0.1:9001' },
    remarks: [
      'Security warning: whoever reaches this port may start and stop programs, and read their logs. There is no encryption, and without username and password nobody is asked who they are. Keep it on localhost or in a network that you trust, and never open it to the internet.',
    ],
  },
  {
    kind: 'supervisord',
    isActive: true,
    settings: {
      logfile: '/tmp/supervisord.log',
      logfile_maxbytes: '50MB',
      logfile_backups: '10',
      loglevel: 'info',
      pidfile: '/tmp/supervisord.pid',
      nodaemon: 'false',
      silent: 'false',
      minfds: '1024',
      minprocs: '200',
    },
    examples: {
      directory: '/tmp',
      user: 'nobody',
      childlogdir: '/tmp',
      environment: 'KEY="value"',
      stdout_prefix: '%(program_name)s |',
      exit_code_from: 'theprogramname',
    },
  },
  {
    kind: 'rpcinterface:',
    name: 'supervisor',
    isActive: true,
    isSpaced: true,
    settings: {
      'supervisor.rpcinterface_factory': 'supervisor.rpcinterface:make_main_rpcinterface',
    },
    remarks: ['This one must stay: supervisorctl and the web pages need it.'],
  },
  {
    kind: 'rpcinterface:',
    name: 'yourinterface',
    examples: { 'supervisor.rpcinterface_factory': './your-interface.js:make' },
    remarks: ['Methods of your own, in JavaScript; the path is relative to this file.'],
  },
  {
    kind: 'supervisorctl',
    isActive: true,
    settings: { serverurl: 'unix:///tmp/supervisor.sock' },
    examples: { username: 'user', password: '123', history_file: '~/.sc_history' },
    remarks: ['It must say the same as the server sections above.'],
  },
  {
    kind: 'ctlplugin:',
    name: 'yourplugin',
    examples: { 'supervisor.ctl_factory': './your-plugin.js:make' },
    remarks: ['Commands of your own for supervisorctl, in JavaScript.'],
  },
  {
    kind: 'program:',
    name: 'theprogramname',
    examples: program,
    remarks: ['A program needs no more than its command. Every option is shown with its default.'],
  },
  {
    kind: 'eventlistener:',
    name: 'theeventlistenername',
    examples: { ...program, command: '/bin/eventlistener', events: 'EVENT' },
    remarks: ['A listener has no capture mode and no redirect_stderr.'],
  },
  {
    kind: 'fcgi-program:',
    name: 'thefcgiprogramname',
    examples: {
      ...program,
      command: '/usr/bin/php-cgi',
      socket: 'unix:///tmp/%(program_name)s.sock',
      socket_owner: 'nobody:nogroup',
      socket_mode: '0700',
      socket_backlog: '128',
    },
  },
  {
    kind: 'group:',
    name: 'thegroupname',
    examples: { programs: 'theprogramname' },
    remarks: ['Its programs are then called thegroupname:theprogramname.'],
  },
  {
    kind: 'include',
    isSpaced: true,
    examples: { files: 'relative/directory/*.ini' },
    remarks: ['Patterns are relative to the folder of this file.'],
  },
];
