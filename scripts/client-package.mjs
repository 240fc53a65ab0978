// npm run client:build [-- folder]: the live client (web/client) as an npm package, by default in dist/client. Publish or copy that folder.
import { join } from 'node:path';
import { buildPackage } from './npm-package.mjs';
import { ROOT } from './prepare.mjs';

buildPackage('web/client', process.argv[2] ?? join(ROOT, 'dist', 'client'));
