import type { Format } from './exposition.ts';

/** The format that an Accept header likes better; the older one where it does not say. */
export function formatFor(accept: string | undefined): Format {
  let openmetrics = 0;
  let text = 0;
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    const given = new Map(
      parameters.map((one): [string, string] => {
        const [name = '', value = ''] = one.split('=').map((part) => part.trim());
        return [name, value.replace(/^"(.*)"$/, '$1')];
      }),
    );
    const quality = qualityOf(given.get('q'));
    const version = given.get('version');
    if (type === 'application/openmetrics-text' && (version ?? '1.0.0') === '1.0.0') {
      openmetrics = Math.max(openmetrics, quality);
    }
    if (type === 'text/plain' && (version ?? '0.0.4') === '0.0.4') text = Math.max(text, quality);
  }
  return openmetrics > text ? 'openmetrics' : 'text';
}

function qualityOf(text: string | undefined): number {
  const quality = text === undefined ? 1 : Number(text);
  return quality >= 0 && quality <= 1 ? quality : 0;
}
