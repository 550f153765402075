export const schemes = ['auto', 'light', 'dark'] as const;

/** How the pages look: as the system has it, or as chosen here. */
export type Scheme = (typeof schemes)[number];

const KEY = 'tsvisor-scheme';

export function chosenScheme(): Scheme {
  try {
    const kept = localStorage.getItem(KEY);
    return schemes.find((scheme) => scheme === kept) ?? 'auto';
  } catch {
    // A browser that keeps nothing for us.
    return 'auto';
  }
}

export function chooseScheme(scheme: Scheme): void {
  showScheme(scheme);
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // It holds for this page alone.
  }
}

export function showScheme(scheme: Scheme): void {
  document.documentElement.dataset['scheme'] = scheme;
}
