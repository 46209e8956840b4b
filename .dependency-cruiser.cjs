/** The three rings: imports point inward only. */
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

const outside = '^(sandbox|bench|test|scripts|extensions|extension-kit|tools)/';
/** Packages are named, never followed. Read by configuration or built on their own, so nothing imports them. */
const entries =
  '(node_modules/|\\.d\\.ts$|^src/main\\.ts$|^test/support/|^test/browser/fixtures/|[.-]child\\.ts$)';

module.exports = {
  forbidden: [
    rule('core-is-pure', { path: '^src/core/' }, { path: `^src/(?!core/)|${outside}` }),
    rule('core-has-no-builtins', { path: '^src/core/' }, { dependencyTypes: ['core'] }),
    rule(
      'usecases-know-no-shell',
      { path: '^src/usecases/' },
      { path: '^src/(?!core/|usecases/|errors\\.ts)' },
    ),
    rule('usecases-have-no-builtins', { path: '^src/usecases/' }, { dependencyTypes: ['core', 'npm'] }),
    rule('http-not-store', { path: '^src/http/' }, { path: '^src/(store|hubspot|jobs)/' }),
    rule('hubspot-not-http', { path: '^src/hubspot/' }, { path: '^src/(http|store|jobs)/' }),
    rule('store-not-shell', { path: '^src/store/' }, { path: '^src/(http|hubspot|jobs)/' }),
    rule('jobs-not-shell', { path: '^src/jobs/' }, { path: '^src/(http|hubspot|store)/' }),
    rule(
      'only-the-root-wires',
      { path: '^src/', pathNot: '^src/(main|wire)\\.ts$' },
      { path: '^src/(main|wire)\\.ts$' },
    ),
    rule(
      'one-door-to-hubspot',
      { path: '^src/', pathNot: '^src/hubspot/client\\.ts$' },
      { path: 'node_modules/@hubspot/' },
    ),
    rule('src-never-outside', { path: '^src/' }, { path: outside }),
    rule('sandbox-not-test', { path: '^sandbox/' }, { path: '^(test|bench)/' }),
    rule('no-cycles', {}, { circular: true }),
    rule('no-orphans', { orphan: true, pathNot: entries }, {}),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'] },
  },
};
