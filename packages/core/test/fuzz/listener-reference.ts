/**
 * The event listener protocol once more, read from the whole of what was written: slow, and simple enough to be seen to
 * be right (events.md §7).
 */
export interface Reading {
  readonly state: 'ACKNOWLEDGED' | 'READY' | 'BUSY' | 'UNKNOWN';
  /** How long the result is that has been announced. */
  readonly awaited: number | null;
  /** Written and not yet understood, as latin1. */
  readonly rest: string;
  readonly happened: readonly string[];
}

/** What stands between two of these is written while the listener has no new event. */
export type Stretches = readonly string[];

export function readAll(stretches: Stretches, verdict: (result: string) => string): Reading {
  let state: Reading['state'] = 'ACKNOWLEDGED';
  let rest = '';
  let awaited: number | null = null;
  const happened: string[] = [];
  const change = (to: Reading['state'], left: string): void => {
    happened.push(`${state} -> ${to}`);
    if (to === 'UNKNOWN') happened.push('entered-unknown');
    state = to;
    rest = left;
  };

  const step = (): boolean => {
    awaited = null;
    if (state === 'UNKNOWN') rest = '';
    if (rest === '' && state !== 'BUSY') return false;
    if (state === 'READY') change('UNKNOWN', '');
    else if (state === 'ACKNOWLEDGED') {
      if (rest.length < 6) return false;
      if (rest.startsWith('READY\n')) change('READY', rest.slice(6));
      else change('UNKNOWN', '');
    } else if (state === 'BUSY') {
      const feed = rest.indexOf('\n');
      if (feed === -1) return false;
      const number = rest.slice(7, Math.max(feed, 7)).replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
      if (feed < 7 || !/^\+?\d(_?\d)*$|^-0(_?0)*$/.test(number)) {
        happened.push('bad-result-line');
        change('UNKNOWN', '');
        happened.push('requeue');
        return true;
      }
      const length = Number(number.replaceAll('_', ''));
      const result = rest.slice(feed + 1);
      if (result.length < length) {
        awaited = length;
        return false;
      }
      const judged = verdict(result.slice(0, length));
      happened.push(judged);
      if (judged === 'caused-an-error') change('UNKNOWN', '');
      else change('ACKNOWLEDGED', result.slice(length));
      happened.push(judged === 'processed' ? 'forget' : 'requeue');
    }
    return true;
  };

  stretches.forEach((stretch, n) => {
    if (n > 0 && state === 'READY') state = 'BUSY';
    rest += stretch;
    while (step());
  });
  return {
    state,
    awaited,
    rest: awaited === null ? rest : rest.slice(rest.indexOf('\n') + 1),
    happened,
  };
}
