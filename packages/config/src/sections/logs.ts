import type { ChannelSettings, ProcessSettings } from '../options/program.ts';
import type { ChannelConfig, LogFile, ProcessConfig } from '../types.ts';

interface Settled {
  readonly config: ProcessConfig;
  /** In the words of supervisord, for the main log. */
  readonly warnings: readonly string[];
}

/** Brings the log options of a process into agreement. */
export function settleLogs(settings: ProcessSettings, section: string): Settled {
  const warnings: string[] = [];
  const stdout = settle('stdout', settings.stdout, section, warnings);
  let stderr = settle('stderr', settings.stderr, section, warnings);
  if (settings.redirectStderr) {
    if (settings.stderr.logfile.to === 'file') {
      warnings.push(
        `For [${section}], redirect_stderr=true but stderr_logfile has also been set to a filename, the filename has been ignored`,
      );
    }
    stderr = { ...stderr, logfile: { to: 'none' } };
  }
  return { config: { ...settings, stdout, stderr }, warnings };
}

function settle(
  channel: 'stdout' | 'stderr',
  settings: ChannelSettings,
  section: string,
  warnings: string[],
): ChannelConfig {
  const { logfile } = settings;
  if (logfile.to === 'syslog') {
    warnings.push(
      `For [${section}], ${channel}_logfile=syslog but this is deprecated and will be removed.  Use ${channel}_syslog=true to enable syslog instead.`,
    );
    return { ...settings, logfile: { to: 'none' }, syslog: true };
  }
  if (logfile.to === 'auto' && settings.maxBytes === 0) {
    warnings.push(
      `For [${section}], AUTO logging used for ${channel}_logfile without rollover, set maxbytes > 0 to avoid filling up filesystem unintentionally`,
    );
  }
  return { ...settings, logfile: withoutEmptyPath(logfile) };
}

function withoutEmptyPath(logfile: LogFile): LogFile {
  return logfile.to === 'file' && logfile.path === '' ? { to: 'none' } : logfile;
}
