import { conditionalSources, entries } from './scripts/entries.mjs'

const sources = [...entries.map(({ source }) => source), ...conditionalSources]

export default {
  ignoreBinaries: ['apt-get', 'chattr', 'openssl'],
  exclude: ['types'],
  workspaces: {
    '.': {
      entry: [
        'scripts/*.mjs',
        // The new projects of a release run the first, and scripts/release.mjs the second.
        'scripts/release/{sign-in,changelog}.mjs',
        'test/**/*.test.ts',
        'test/hosts/serverless/serve-*.ts',
      ],
      project: ['scripts/**', 'test/**'],
    },
    // It is not a workspace of npm. Tests load next15. The others are packages of the root and of workerd.
    maintain: {
      entry: [
        'scripts/*.mjs',
        'soak/{soak,records.test}.ts',
        'interop/main.ts',
        'benchmarks/**/*.mjs',
        'site/{build,.vitepress}/**/*.mjs',
      ],
      project: ['*.mjs', '{scripts,soak,interop}/**'],
      ignoreDependencies: [
        'next',
        'next15',
        'openid-client',
        // scripts/release.mjs and scripts/changeset.mjs run them by their paths.
        '@arethetypeswrong/cli',
        '@changesets/cli',
        // vitest.config.ts loads it by its path.
        '@vitest/coverage-v8',
      ],
      ignoreBinaries: ['ip', 'mount'],
    },
    'packages/identity-web': {
      entry: [
        ...sources.map((source) => source.slice('packages/identity-web/'.length)),
        'test/**/*.test.ts',
        'test/support/{fleet-server,proxy-client,response-counts}.ts',
        'test/fuzz/run.ts',
        'test/conformance/{page,suite/main}.ts',
        'test/mcp/proof/main.ts',
        'test/**/*-worker.ts',
        'test/matrix/programs/*.ts',
        'test/adapters/next{,-static}-app/{proxy.ts,next.config.mjs}',
        'test/adapters/next{,-static}-app/app/**',
        'test/types/*.ts',
        // It replaces modules that the plugin of TanStack Start generates.
        'test/adapters/hosts/tanstack-entries.ts',
        // The plugin that the Nuxt module generates imports it.
        'src/nuxt/app.ts',
      ],
      project: ['src/**', 'test/**'],
    },
    'packages/identity-web/test/azure/sdks': { entry: ['*.test.ts'] },
    // The test loads the grammar by its path.
    'packages/identity-web-cli/test/bicep': {
      entry: ['*.test.ts'],
      ignoreDependencies: ['tree-sitter-bicep'],
    },
    // The recipe for React Router imports router-build.ts, and that for Elysia is in docs/recipes.md.
    'test/recipes': { entry: ['*.test.ts', 'router-build.ts'], ignoreDependencies: ['elysia'] },
    'packages/identity-web/test/neighbors': {
      entry: ['*.test.ts', '{program,next-headers,promise,response}.ts', 'beside-loader.mjs'],
      // Tests pass the others to Node.js by their names.
      ignoreDependencies: [/^(?!bluebird|mcp-sdk|@sinonjs|whatwg)/],
    },
    // The demo starts the stand-in.
    'examples/azure-sdk': { entry: ['src/{app,stand-ins/main}.ts'] },
    'examples/testing': {
      entry: [
        'src/server.ts',
        '{vitest,jest,node-test}/*.test.ts',
        'playwright/*.spec.ts',
        'vitest/vitest.config.ts',
        'jest/{jest.config,transform}.js',
        'playwright/playwright.config.ts',
      ],
    },
    'packages/dev-provider': {
      // The program in `bin` loads the compiled src/command/main.ts.
      entry: [
        'src/{,testing/,playwright/}index.ts',
        'src/command/main.ts',
        'bin/*.mjs',
        'test/**/*.test.ts',
      ],
      project: ['src/**', 'test/**'],
    },
    'packages/identity-web-cli': {
      // The program in `bin` loads the compiled src/main.ts.
      entry: ['src/main.ts', 'bin/*.mjs', 'test/**/*.test.ts'],
      project: ['src/**', 'test/**'],
    },
    'packages/create-identity-web': {
      // The program in `bin` loads the compiled src/main.ts.
      entry: ['src/main.ts', 'bin/*.mjs', 'test/**/*.test.ts'],
      project: ['src/**', 'test/**'],
      // They belong to the projects that the command creates.
      ignore: ['templates/**'],
    },
  },
  // `npm run -C maintain canary` installs connect-pg-simple. declarations.test.ts runs typescript56, and scripts/check-package.mjs publint.
  ignoreDependencies: ['publint', 'connect-pg-simple', 'typescript56'],
}
