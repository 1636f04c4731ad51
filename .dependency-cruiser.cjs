/** The house rules: arrows between floors point down only. See ARCHITECTURE.md. */

const above = { domain: ['store', 'app', 'documents', 'web', 'jobs', 'cli'], store: ['app', 'documents', 'web', 'jobs', 'cli'], app: ['documents', 'web', 'jobs', 'cli'], documents: ['store', 'app', 'web', 'jobs', 'cli'], web: ['jobs', 'cli'], jobs: ['web', 'cli'] };
module.exports = {
  forbidden: [
    { name: 'no-circles', comment: 'Types may refer to each other: a case is made of steps that ask about one another.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'domain-imports-only-zod', severity: 'error', from: { path: '^src/domain', pathNot: '\\.test\\.ts$' }, to: { pathNot: ['^src/domain', '^node_modules/zod/'] } },
    ...Object.entries(above).map(([floor, ups]) => ({
      name: `${floor}-points-down`, severity: 'error', from: { path: `^src/${floor}/` }, to: { path: `^src/(${ups.join('|')})/` },
    })),
    { name: 'only-the-store-reads-prose', comment: 'Rules judge on core: only the store turns prose into text.', severity: 'error',
      from: { path: '^src', pathNot: ['^src/store/', '^src/domain/kernel/', '\\.test\\.tsx?$'] }, to: { path: '^src/domain/kernel/prose-text' } },
    { name: 'only-login-starts-sessions', severity: 'error',
      from: { path: '^src/(web|app|jobs|documents)', pathNot: ['^src/web/login/', '^src/web/server\\.ts$', '\\.test\\.tsx?$'] }, to: { path: '^src/store/session-start' } },
    { name: 'not-to-test', severity: 'error', from: { path: '^src', pathNot: '\\.test\\.tsx?$' }, to: { path: ['\\.test\\.tsx?$', '^tests/'] } },
    { name: 'no-dev-dependencies', severity: 'error', from: { path: '^src', pathNot: '\\.test\\.tsx?$' }, to: { dependencyTypes: ['npm-dev', 'npm-unknown', 'unknown', 'undetermined'], dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' }, exclude: { path: ['^src/web/assets'] },
    tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
};
