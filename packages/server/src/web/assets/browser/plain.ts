// Made of packages/server/browser/plain.ts by `pnpm browser`.
export const version = "b3e66b09330c";
export const text =
  "\"use strict\";(()=>{var t=[\"auto\",\"light\",\"dark\"],s=\"tsvisor-scheme\";function n(){try{let e=localStorage.getItem(s);return t.find(o=>o===e)??\"auto\"}catch{return\"auto\"}}function h(e){r(e);try{localStorage.setItem(s,e)}catch{}}function r(e){document.documentElement.dataset.scheme=e}function m(){let e=document.getElementById(\"scheme\");if(!(e instanceof HTMLButtonElement))return;let o=()=>{let c=n();e.dataset.scheme=c,e.title=`Colours: ${c}`,e.setAttribute(\"aria-label\",e.title)};e.addEventListener(\"click\",()=>{let c=t.indexOf(n());h(t[(c+1)%t.length]??\"auto\"),o()}),o(),e.hidden=!1}m();})();\n";
