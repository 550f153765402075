export interface About {
  readonly prefix: string;
  readonly icu: 'english' | 'full';
  /** Its version. */
  readonly node: string;
  /** Debian source packages and their versions. */
  readonly sources: readonly string[];
}

/** The README of a bundle. */
export const readme = ({ prefix, icu, node, sources }: About): string => `\
tsvisor for linux-x64, with all it needs. It runs at ${prefix}, on any Linux with a POSIX shell,
glibc, musl or no C library at all.

  bin/       tsvd, tsvctl, pidproxy, and the names that supervisord's programs have
  no-shell/  the same for an image without /bin/sh: started by the kernel, not by a shell
  lib/       the loader and the libraries of bin/node; nothing else uses them
  licences/  of everything here

\`sha256sum --check SHA256SUMS\` in this folder tells whether a file was changed.

bin/node is Node.js ${node} as it was published, with another loader and library path, less its
symbols and debug information${
  icu === 'full' ? '' : ', less the data of languages but English and of legacy encodings'
}.
The libraries are those of Debian, unchanged${sources.length === 0 ? '' : `; their sources are`}
${sources.map((source) => `  ${source}  https://snapshot.debian.org/package/${source.replace(' ', '/')}/\n`).join('')}`;
