/** The three rings: imports point inward only. */
const rule = (name, from, to) => ({ name, severity: 'error', from, to });
module.exports = {
  forbidden: [
    rule('core-is-pure', { path: '^src/core' }, { path: '^(src/(?!core)|sandbox|test|bench|node:|fs|http|crypto|timers)', pathNot: '^src/core' }),
    rule('core-has-no-builtins', { path: '^src/core' }, { dependencyTypes: ['core'] }),
    rule('usecases-know-no-shell', { path: '^src/usecases' }, { path: '^src/(http|store|hubspot|jobs|wire|main|config)' }),
    rule('http-not-store', { path: '^src/http' }, { path: '^src/(store|hubspot|jobs)' }),
    rule('hubspot-not-http', { path: '^src/hubspot' }, { path: '^src/(http|store|jobs)' }),
    rule('store-not-shell', { path: '^src/store' }, { path: '^src/(http|hubspot|jobs)' }),
    rule('src-never-sandbox', { path: '^src' }, { path: '^(sandbox|bench|test|scripts|extensions|tools)' }),
    rule('sandbox-not-test', { path: '^sandbox' }, { path: '^(test|bench)' }),
    rule('no-cycles', {}, { circular: true }),
    rule('no-orphans', { orphan: true, pathNot: '(\\.d\\.ts$|^src/main\\.ts$)' }, {}),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'] },
  },
};
