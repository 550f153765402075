/** Reads a piece of a log through the API; `address` is the log's there. */
export const logReader =
  (address: string) =>
  async (offset: number, length: number): Promise<Uint8Array> => {
    const answer = await fetch(address, {
      headers: { range: `bytes=${offset}-${offset + length - 1}` },
    });
    // It is shorter now: it was cleared or rotated.
    if (answer.status === 416) return new Uint8Array();
    if (answer.status !== 206) throw new Error(`cannot be read (${answer.status})`);
    return new Uint8Array(await answer.arrayBuffer());
  };
