import { abortable } from './abortable.ts';
import { runLine } from './dispatch.ts';
import { EndOfInput, Interrupted } from './errors.ts';
import type { Plugin } from './plugins.ts';
import type { Session } from './session.ts';

/** Runs `status` and then what the user types, until `quit`, the end of the input, or Ctrl-C. */
export async function runShell(
  session: Session,
  prompt: string,
  plugins: readonly Plugin[] = [],
): Promise<void> {
  await session.interruptible(async (interrupted) => {
    try {
      for (let line = 'status'; ; line = await nextLine(session, prompt, interrupted)) {
        const wish = await abortable(runLine(session, line, plugins), interrupted);
        if (wish === 'leave') return;
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      session.print('');
    }
  });
}

async function nextLine(
  session: Session,
  prompt: string,
  interrupted: AbortSignal,
): Promise<string> {
  try {
    return await session.input.readLine(`${prompt}> `, interrupted);
  } catch (error) {
    if (error instanceof EndOfInput) return 'EOF';
    throw error;
  }
}
