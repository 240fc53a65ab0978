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

/**
 * Long polling, which is for where no web socket gets through: loaded when the first has failed. Until then this stands for it,
 * and then becomes it: engine.io has asked for the transport by then, and listens to it.
 */
export const LATE_POLLING: readonly Instead[] = [
  {
    importer: 'engine.io-client',
    source: './polling-xhr.node.js',
    code: `import { Transport } from '../transport.js';
    export class XHR extends Transport {
      doOpen() {
        import('./polling-xhr.js').then(({ XHR }) => {
          if (this.readyState !== 'opening') return;
          Object.setPrototypeOf(Object.assign(this, new XHR(this.opts)), XHR.prototype);
          this.doOpen();
        }, (error) => this.onError('no polling', error));
      }
      doClose() {}
    }`,
  },
  // What engine.io offers by name would bring it in again.
  ...['polling-xhr', 'polling-xhr.node', 'polling-fetch'].map((transport) => ({
    importer: 'engine.io-client',
    source: `./transports/${transport}.js`,
    code: 'export const XHR = undefined, Fetch = undefined;',
  })),
];

/** Puts other code in place of imports that are dead weight in a face. */
export function slim(replacements: readonly Instead[]): Plugin {
  const importers: string[] = [];
  return {
    name: 'slim',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer = '') {
      // What replaces an import stands where that was.
      const place = isReplacement(importer) ? importers[indexOf(importer)] : undefined;
      if (place !== undefined) return this.resolve(source, place);
      const index = replacements.findIndex((one) => importer.includes(one.importer) && one.source === source);
      if (index < 0) return undefined;
      importers[index] = importer;
      return `${PREFIX}${index}`;
    },
    load(id) {
      return isReplacement(id) ? replacements[indexOf(id)]?.code : undefined;
    },
  };
}

const PREFIX = '\0instead-';
const isReplacement = (id: string): boolean => id.startsWith(PREFIX);
const indexOf = (id: string): number => Number(id.slice(PREFIX.length));
