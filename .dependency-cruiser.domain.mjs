// The modules of the domain, seen as folders and without their specs: imports between them go one way.
import all from './.dependency-cruiser.mjs';

export default {
  forbidden: [
    {
      name: 'no-cycles-between-domain-folders',
      comment:
        'auth < timeline, users, donors < tickets < the rest: two modules that need each other miss a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/domain/' },
      to: { path: '^src/domain/', circular: true },
    },
  ],
  options: { ...all.options, includeOnly: { path: '^src/domain/' }, exclude: { path: '[.]spec[.]ts$' } },
};
