/** How far a child came, and why no further: process.md §5 has the order. */
export type Failure =
  | { readonly stage: 'setuid'; readonly uid: number; readonly why: string }
  | { readonly stage: 'chdir'; readonly directory: string; readonly why: string }
  | { readonly stage: 'exec'; readonly word: string; readonly why: string };

/** What the child would have written to its stderr: supervisord's own words, which people grep for. */
export function lastWords(failure: Failure): string {
  return `supervisor: ${complaint(failure)}\nsupervisor: child process was not spawned\n`;
}

function complaint(failure: Failure): string {
  switch (failure.stage) {
    case 'setuid':
      return `couldn't setuid to ${failure.uid}: ${failure.why}`;
    case 'chdir':
      return `couldn't chdir to ${failure.directory}: ${failure.why}`;
    case 'exec':
      return `couldn't exec ${failure.word}: ${failure.why}`;
  }
}
