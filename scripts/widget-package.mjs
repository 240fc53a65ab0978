// npm run widget:package [-- folder]: the widget's loader with its types (web/widget/package) as an npm package, by default in dist/widget.
import { join } from 'node:path';
import { buildPackage } from './npm-package.mjs';
import { ROOT } from './prepare.mjs';

buildPackage('web/widget/package', process.argv[2] ?? join(ROOT, 'dist', 'widget'));
