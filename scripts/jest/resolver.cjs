const { existsSync } = require('node:fs');
const { resolve, sep } = require('node:path');

const NODE_MODULES = `${sep}node_modules${sep}`;

/** Finds the TypeScript source behind a relative `./x.js` import; packages keep Jest's own resolution. */
module.exports = (request, options) => {
  const relative = request.startsWith('./') || request.startsWith('../');
  if (relative && request.endsWith('.js') && !`${options.basedir}${sep}`.includes(NODE_MODULES)) {
    const stem = resolve(options.basedir, request.slice(0, -'.js'.length));
    const source = ['.ts', '.tsx'].map((extension) => stem + extension).find((file) => existsSync(file));
    if (source) return source;
  }
  return options.defaultResolver(request, options);
};
