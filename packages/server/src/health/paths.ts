import type { Request } from '../http/message.ts';

/** Apart from what answers them, which is loaded late. */
export const isProbe = ({ path }: Pick<Request, 'path'>): boolean =>
  path === '/healthz' || path === '/readyz';
