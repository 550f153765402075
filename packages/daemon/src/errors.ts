/**
 * The daemon cannot start (or restart) as it was asked to. `main` shows the message in the two
 * lines of a usage error and ends with status 2, as it does for a ConfigError.
 */
export class StartError extends Error {
  readonly code = 'START';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}
