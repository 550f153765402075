import { find } from '../dom.ts';
import { post } from '../post.ts';
import type { Stream } from '../stream.ts';
import { toast } from '../toasts.ts';
import { confirmed, questions } from './confirm.ts';
import type { Programs } from './programs.ts';
import type { Row } from './row.ts';
import { offerSignals } from './signals.ts';

/** Has the buttons act without leaving the page; without the stream nothing would show the change. */
export function startActions(stream: Stream, programs: Programs): void {
  if (!programs.mayAct) return;
  find('programs', HTMLFormElement).addEventListener('submit', (event) => {
    const { submitter } = event;
    const address = submitter?.getAttribute('formaction');
    if (submitter === null || address === null || address === undefined) return;
    const query = new URLSearchParams(address.slice(address.indexOf('?')));
    const action = query.get('action') ?? '';
    const question = questions[action];
    if (!stream.isUp && question === undefined) return;
    event.preventDefault();
    void confirmed(question).then(async (isWanted) => {
      if (isWanted) await act(programs, address, query);
    });
  });
  offerSignals(
    (address, values) => void act(programs, address, new URLSearchParams(values), values),
  );
}

async function act(
  programs: Programs,
  address: string,
  query: URLSearchParams,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  const rows = concerned(programs, query);
  for (const row of rows) row.asked();
  const { message, failed } = await post(address, values);
  for (const row of rows) row.answered(message !== null);
  if (message !== null) toast(message, failed);
}

function concerned(programs: Programs, query: URLSearchParams): readonly Row[] {
  const process = query.get('processname');
  const group = query.get('groupname');
  return [...programs.rows].filter(
    (row) =>
      (process === null || row.namespec === process) && (group === null || row.group === group),
  );
}
