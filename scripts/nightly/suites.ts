import { runCases } from '../../fuzz/fuzzer.ts';
import type { Fuzzer } from '../../fuzz/fuzzer.ts';

/** @returns why it could not be run; @throws what shows a failure */
export type Suite = (seed: number, cases: number) => Promise<string | undefined>;

/** By the name that `pnpm nightly NAME` takes. */
export const suites: Readonly<Record<string, Suite>> = {
  'config-reader': fuzz(async () => {
    const { readerFuzzer } = await import('../../packages/config/test/fuzz/reader.ts');
    return readerFuzzer;
  }),
  config: fuzz(async () => {
    const { wholeFuzzer } = await import('../../packages/config/test/fuzz/whole.ts');
    return wholeFuzzer;
  }),
  words: fuzz(async () => {
    const { wordsFuzzer } = await import('../../packages/config/test/fuzz/words.ts');
    return wordsFuzzer;
  }),
  'listener-protocol': fuzz(async () => {
    const { listenerFuzzer } = await import('../../packages/core/test/fuzz/listener.ts');
    return listenerFuzzer;
  }),
  capture: fuzz(async () => {
    const { captureFuzzer } = await import('../../packages/core/test/fuzz/output.ts');
    return captureFuzzer;
  }),
  'line-format': fuzz(async () => {
    const { lineFormatFuzzer } = await import('../../packages/core/test/fuzz/output.ts');
    return lineFormatFuzzer;
  }),
  'xml-rpc': fuzz(async () => {
    const { decoderFuzzer } = await import('../../packages/rpc/test/fuzz/decoder.ts');
    return decoderFuzzer;
  }),
  'xml-rpc-codec': fuzz(async () => {
    const { codecFuzzer } = await import('../../packages/rpc/test/fuzz/codec.ts');
    return codecFuzzer;
  }),
  http: fuzz(async () => {
    const { edgeFuzzer } = await import('../../packages/server/test/fuzz/edge.ts');
    return edgeFuzzer;
  }),
  'engine-model': async (seed, steps) => {
    const { holdsFromSeed } = await import('../../packages/core/test/model/hold.ts');
    for (let next = seed; next < seed + 10; next++) await holdsFromSeed(next, steps);
    return undefined;
  },
};

/** Loaded when it is its turn. */
export function fuzz(load: () => Promise<Fuzzer>): Suite {
  return async (seed, cases) => {
    const fuzzer = await load();
    const missing = fuzzer.missing?.();
    if (missing === undefined) await runCases(fuzzer, seed, cases);
    return missing;
  };
}
