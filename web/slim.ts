import type { Plugin } from 'vite';

/** In files whose path contains `importer`, the import of `source` gives `code`. */
export interface Instead {
  readonly importer: string;
  readonly source: string;
  readonly code: string;
}

/** What socket.io's client does not need here. */
export const SOCKETS: readonly Instead[] = [
  // The third transport, which neither our server nor our clients ask for.
  { importer: 'engine.io-client', source: './webtransport.js', code: 'export const WT = undefined;' },
  // We send JSON only.
  {
    importer: 'socket.io-parser',
    source: './is-binary.js',
    code: 'export const isBinary = () => false, hasBinary = () => false;',
  },
  {
    importer: 'socket.io-parser',
    source: './binary.js',
    code: 'export const deconstructPacket = () => {}, reconstructPacket = () => {};',
  },
];

/** Puts other code in place of imports that are dead weight in a face. */
export function slim(replacements: readonly Instead[]): Plugin {
  return {
    name: 'slim',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer = '') {
      const index = replacements.findIndex((one) => importer.includes(one.importer) && one.source === source);
      return index < 0 ? undefined : `\0instead-${index}`;
    },
    load(id) {
      return id.startsWith('\0instead-')
        ? replacements[Number(id.slice('\0instead-'.length))]?.code
        : undefined;
    },
  };
}
