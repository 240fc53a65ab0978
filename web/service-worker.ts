import { join } from 'node:path';
import { build, type Plugin } from 'vite';

/**
 * After a build: the service worker beside it, one file whose name stays. A browser asks for that name again, and runs it as a script
 * that imports nothing.
 */
export function serviceWorker(entry: string, file: string): Plugin {
  let root = '';
  let outDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = config.build.outDir;
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      handler: async () => {
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'warn',
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2022',
            rolldownOptions: {
              input: join(root, entry),
              output: { format: 'iife', entryFileNames: file },
            },
          },
        });
      },
    },
  };
}
