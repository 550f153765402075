// Made of packages/server/browser/theme.ts by `pnpm browser`.
export const version = "92986f12e550";
export const text =
  "\"use strict\";(()=>{var h=[\"auto\",\"light\",\"dark\"],m=\"tsvisor-scheme\";function t(){try{let e=localStorage.getItem(m);return h.find(c=>c===e)??\"auto\"}catch{return\"auto\"}}function o(e){document.documentElement.dataset.scheme=e}o(t());})();\n";
