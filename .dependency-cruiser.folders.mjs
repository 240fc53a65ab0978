// The modules of the domain and of the reactions, seen as folders and without their specs: imports between them go one way.
import all from './.dependency-cruiser.mjs';

function oneWay(layer, comment) {
  const path = `^src/${layer}/`;
  const name = `no-cycles-between-${layer}-folders`;
  return { name, comment, severity: 'error', scope: 'folder', from: { path }, to: { path, circular: true } };
}

export default {
  forbidden: [
    oneWay(
      'domain',
      'audit < auth < event-log, staff, preferences < tickets < the rest < desk: two that need each other miss a third.',
    ),
    oneWay('reactions', 'Two folders that need each other are one folder, or miss a third.'),
  ],
  options: {
    ...all.options,
    includeOnly: { path: '^src/(domain|reactions)/' },
    exclude: { path: '[.]spec[.]ts$' },
  },
};
