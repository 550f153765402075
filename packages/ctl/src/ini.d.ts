declare module 'ini' {
  /** Reads a file: sections nest on dots, `name[]` becomes a list, values lose their quotes. */
  export function parse(text: string): Record<string, unknown>;
}
