// The import table of the architecture, and nothing else. `scripts/check-boundaries.ts` runs it.
const test = '(\\.test\\.ts$|/testing[^/]*\\.ts$|^src/sweeps/)'

/** Forbids imports inside src/, from one place to anything but the places named. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: test },
  to: { path: '^src/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    only(
      'contract-alone',
      '^src/contract/',
      ['^src/contract/'],
      'Contracts are shared by everybody: they know nobody.',
    ),
    {
      name: 'contract-zod-only',
      severity: 'error',
      comment: 'A contract runs in the page, the server and the client: zod is all it may need.',
      from: { path: '^src/(contract/|features/[^/]+/contract\\.ts$)', pathNot: test },
      to: { pathNot: ['^src/', '^node_modules/zod/'] },
    },
    only(
      'feature-contract',
      '^src/features/[^/]+/contract\\.ts$',
      ['^src/contract/', '^src/features/[^/]+/contract\\.ts$'],
      'A feature’s contract is a contract.',
    ),
    only(
      'web',
      '^src/(web/|features/[^/]+/web/)',
      [
        '^src/web/',
        '^src/features/[^/]+/web/',
        '^src/contract/',
        '^src/features/[^/]+/(contract\\.ts|texts\\.[a-z]+\\.json)$',
      ],
      'Pages know contracts and words, never the server.',
    ),
    {
      name: 'web-no-node',
      severity: 'error',
      comment: 'Pages run in a browser.',
      from: { path: '^src/(web/|features/[^/]+/web/)', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    only('kernel', '^src/server/', ['^src/(server|contract)/'], 'The kernel knows no feature.'),
    {
      name: 'feature-own-files',
      severity: 'error',
      comment: 'A feature reaches another through its public.ts or its contract.',
      from: { path: '^src/features/([^/]+)/(?!web/)', pathNot: test },
      to: {
        path: '^src/',
        pathNot: [
          '^src/features/$1/(?!web/)',
          '^src/(server|contract)/',
          '^src/features/[^/]+/(public|contract)\\.ts$',
        ],
      },
    },
    {
      name: 'root-no-web',
      severity: 'error',
      comment: 'The server’s root never loads a page.',
      from: { path: '^src/(app|main|timetable)\\.ts$|^src/commands/' },
      to: { path: '^src/(web/|features/[^/]+/web/)' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Two files that need each other at run time are one thing, or three.',
      from: { pathNot: test },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that leads nowhere.',
      from: { path: '^src/' },
      // `virtual:` modules are made by scripts/vite-plugins.ts when the pages are built.
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      comment: 'The product never loads its tests.',
      from: { path: '^src/', pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.web.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
  },
}
