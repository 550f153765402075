// Actions without leaving the page: the same forms, answered in JSON.

export interface Outcome {
  /** null: it goes on; what the page shows tells how. */
  readonly message: string | null;
  readonly failed: boolean;
}

/** Posts what a form of ours would. */
export async function post(
  address: string,
  values: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  try {
    const answer = await send(address, values);
    // The daemon may have been started anew since this page was loaded.
    if (answer.status !== 403 || !(await renewToken())) return await read(answer);
    return await read(await send(address, values));
  } catch {
    return { message: 'The server cannot be reached.', failed: true };
  }
}

const send = (address: string, values: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ ...values, token: tokenField()?.value ?? '' }),
  });

async function read(answer: Response): Promise<Outcome> {
  if (answer.headers.get('content-type') === 'application/json')
    return (await answer.json()) as Outcome;
  return { message: `The server answers ${answer.status} ${answer.statusText}.`, failed: true };
}

const tokenField = (): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>('input[name="token"]');

/** Whether the server has another token than this page. */
async function renewToken(): Promise<boolean> {
  const page = await (await fetch('./')).text();
  const [, token] = /<input name="token" type="hidden" value="([\w-]+)">/.exec(page) ?? [];
  if (token === undefined || token === tokenField()?.value) return false;
  for (const field of document.querySelectorAll<HTMLInputElement>('input[name="token"]'))
    field.value = token;
  return true;
}
