export const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.');

/** The names that hosts(5) has for this machine's loopback addresses, in lower case. */
export const loopbackNames = (hosts: string): ReadonlySet<string> =>
  new Set(
    hosts.split('\n').flatMap((line) => {
      const [address = '', ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
      return isLoopback(address) ? names : [];
    }),
  );
