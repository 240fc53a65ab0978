// Folders of one part, without their specs: imports between them go one way.
import all from './.dependency-cruiser.mjs';

const PARTS = [
  'src/platform',
  'src/domain',
  'src/reactions',
  'web/client',
  'web/shared',
  'web/widget',
  'web/dashboard/src',
];

function oneWay(part) {
  const path = `^${part}/`;
  return {
    name: `no-cycles-between-folders-of-${part.replace(/^src\/|\/src$/, '').replace('/', '-')}`,
    comment: 'Two folders that need each other are one folder, or miss a third.',
    severity: 'error',
    scope: 'folder',
    from: { path },
    to: { path, circular: true },
  };
}

export default {
  forbidden: PARTS.map(oneWay),
  options: {
    ...all.options,
    includeOnly: { path: `^(${PARTS.join('|')})/` },
    exclude: { path: ['[.]spec[.]tsx?$', '^web/[^/]+/dist/', '^src/platform/database/generated/'] },
  },
};
