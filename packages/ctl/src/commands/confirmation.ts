import type { Session } from '../session.ts';

/** Asks the user, if there is one; only an answer that begins with y means yes. */
export async function isConfirmed(session: Session, question: string): Promise<boolean> {
  if (!session.isInteractive) return true;
  return /^y/i.test(await session.input.readLine(question));
}
