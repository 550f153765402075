import type { Handler, Reply, Request } from '../http/message.ts';
import { isApiPath } from './paths.ts';

/**
 * Whatever keeps a request from the API, such as a missing password, is told as a problem where
 * clients of the API expect one.
 */
export function withProblems(handler: Handler): Handler {
  return (request) => (isApiPath(request.path) ? answer(handler, request) : handler(request));
}

async function answer(handler: Handler, request: Request): Promise<Reply> {
  const { problemFrom, problemOfStatus, problemReply } = await import('./problem.ts');
  try {
    const reply = await handler(request);
    const type = reply.headers.find(([name]) => name === 'Content-Type')?.[1];
    if (reply.status < 400 || type !== 'text/html' || !('body' in reply)) return reply;
    const problem = problemReply(problemOfStatus(reply.status));
    const said = new Set(problem.headers.map(([name]) => name));
    const others = reply.headers.filter(([name]) => !said.has(name));
    return { ...problem, headers: [...problem.headers, ...others] };
  } catch (error) {
    const problem = problemFrom(error);
    if (problem === undefined) throw error;
    return problemReply(problem);
  }
}
