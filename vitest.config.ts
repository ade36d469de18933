import { defineConfig } from 'vitest/config'
import { aliases, otherVersions, webAlias } from './test/aliases.ts'

const SETUP = ['./test/undo-stubs.ts', './test/equality.ts']

/** Suites that mostly wait for other processes: browsers, demos, compilers, builds of Next.js, servers with Redis or PostgreSQL, proxies. */
const SLOW = [
  'test/*.browser.test.ts',
  'test/screenshots/*.browser.test.ts',
  'test/*-demos.test.ts',
  'packages/dev-provider/test/*.browser.test.ts',
  'packages/dev-provider/test/python/*.test.ts',
  'packages/identity-web-cli/test/verify/*.test.ts',
  'packages/identity-web-cli/test/doctor/postgres.test.ts',
  'packages/identity-web/test/fleet/**/*.test.ts',
  'packages/identity-web/test/package/declarations.test.ts',
  'packages/identity-web/test/world/proxy.test.ts',
  'packages/identity-web/test/web/readme-operator.test.ts',
  'packages/identity-web/test/adapters/next*.test.ts',
  'packages/identity-web/test/adapters/runtimes.test.ts',
]
/**
 * Suites of pages, of fleets of servers, and of demos, test runners and new projects that build applications. They take minutes together.
 * `npm run -C maintain long` runs them.
 */
const LONG = [
  'packages/identity-web-cli/test/verify/faults.test.ts',
  'packages/dev-provider/test/every-page.browser.test.ts',
  'packages/dev-provider/test/pages.browser.test.ts',
  'packages/identity-web/test/adapters/next-build.test.ts',
  'packages/identity-web/test/adapters/next15.test.ts',
  'packages/identity-web/test/fleet/postgres.test.ts',
  'packages/identity-web/test/fleet/shared-store.test.ts',
  'packages/identity-web/test/fleet/shared-tokens.test.ts',
  'test/angular-client.browser.test.ts',
  'test/azure-ad-b2c.browser.test.ts',
  'test/back-forward-cache.browser.test.ts',
  'test/browser-client.browser.test.ts',
  'test/conformance-suite.browser.test.ts',
  'test/create/{stores,try}.test.ts',
  'test/device-code.browser.test.ts',
  'test/framework-demos.test.ts',
  'test/library-pages.browser.test.ts',
  'test/mcp-cors.browser.test.ts',
  'test/mcp-demo.browser.test.ts',
  'test/screenshots/*.browser.test.ts',
  'test/skills-followed.test.ts',
  'test/strict-cookies.browser.test.ts',
  'test/tenant-demos.test.ts',
  'test/web-and-api.browser.test.ts',
]
// Their packages are in the lockfile of a folder, such as an example, and not in the root. `npm run -C maintain trees` runs them.
const TREES = [
  'packages/identity-web/test/azure/sdks/*.test.ts',
  'packages/identity-web-cli/test/bicep/*.test.ts',
  'test/azure-demos.test.ts',
  'test/recipes/*.test.ts',
  'test/react-bff.browser.test.ts',
  'test/testing-kits.test.ts',
]
const DOCS = ['test/docs.test.ts', 'test/links.test.ts']
// They install and build applications. `npm run -C maintain hosts` runs them.
const HOSTS = ['test/hosts/**/*.test.ts']
// With the packages of the old libraries too, `npm run -C maintain migrations` runs them.
const MIGRATIONS = ['test/migrations/*.test.ts']
// They need packages that only `npm run -C maintain canary` installs.
const OTHERS = ['packages/identity-web/test/{stores,web}/others/*.test.ts']
// They install and build applications with the Angular CLI, also after the move.
const ANGULAR = ['test/migrations/{msal-angular,angular-oauth2-oidc}.test.ts']
// They install, start and visit more than sixty projects. `npm run -C maintain create` runs them.
const CREATE = ['test/create/every-project.test.ts', 'test/create/package-managers.test.ts']
// They take minutes. `npm run -C maintain matrix` runs them.
const MATRIX = ['packages/identity-web/test/matrix/*.test.ts']
// `npm run -C maintain neighbors` runs them. Their packages are in the lockfile of their folder.
const NEIGHBORS = ['packages/identity-web/test/neighbors/*.test.ts']
// `npm run -C maintain trees` runs the first two beside another package, and `npm run -C maintain neighbors` all.
const CONTRACT = ['express', 'hono'].map(
  (name) => `packages/identity-web/test/adapters/${name}.test.ts`,
)
const CONTRACTS = [
  'packages/identity-web/test/adapters/{astro,aws-lambda,azure-functions,fastify,fetch,h3,koa,nestjs,react-router,sveltekit,tanstack-start}.test.ts',
]
// It needs the Azure CLI. `npm run -C maintain interop:azure-cli` installs it and runs the tests.
const AZURE_CLI = ['packages/identity-web-cli/test/azure-cli/*.test.ts']
// It needs a library of Python that Debian does not contain. `npm run -C maintain interop:python` runs it.
const INTEROP =
  process.env['PYTHON_IDENTITY_FOLDER'] === undefined
    ? ['packages/dev-provider/test/python/identity.test.ts']
    : []

/**
 * Sources that run only in browsers, in workerd, and in builds and servers of Next.js and Nuxt, which do not tell their coverage.
 */
const ELSEWHERE = [
  'packages/identity-web/src/browser/**',
  'packages/identity-web/src/nuxt/**',
  'packages/identity-web/src/adapters/next/**',
  'packages/identity-web/src/adapters/h3/page-*.ts',
  'packages/identity-web/src/stores/durable-object/**',
]

// Tests run on the sources. `npm run check` tests the packages as they are published.
export default defineConfig({
  plugins: [otherVersions(process.env['IDENTITY_WEB_VERSIONS'])],
  resolve: { alias: aliases },
  test: {
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    setupFiles: SETUP,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Its imports of generated modules are replaced: see test/aliases.ts.
    server: { deps: { inline: [/@tanstack\/start-/] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            ...SLOW,
            ...LONG,
            ...DOCS,
            ...HOSTS,
            ...TREES,
            ...OTHERS,
            ...ANGULAR,
            ...CREATE,
            ...MATRIX,
            ...NEIGHBORS,
            ...INTEROP,
            ...AZURE_CLI,
          ],
        },
      },
      {
        // The attacks on access tokens again, with the signatures of runtimes without Node.js.
        extends: true,
        resolve: { alias: [webAlias('#signature'), ...aliases] },
        test: {
          name: 'web-signatures',
          env: { SIGNATURES: 'web' },
          include: [
            'packages/identity-web/test/security/access-token/*.test.ts',
            'packages/identity-web/test/world/replaced-keys.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: SLOW, exclude: [...LONG, ...TREES, ...INTEROP] },
      },
      { extends: true, test: { name: 'long', include: LONG } },
      { extends: true, test: { name: 'docs', include: DOCS } },
      { extends: true, test: { name: 'trees', include: TREES } },
      {
        extends: true,
        test: {
          name: 'hosts',
          include: HOSTS,
          // The first test of a file waits for the installation and the build of its example.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: { name: 'create', include: CREATE, testTimeout: 1_800_000, hookTimeout: 300_000 },
      },
      {
        extends: true,
        test: {
          name: 'migrations',
          include: MIGRATIONS,
          // It has only the application after the move, which `npm test` visits.
          exclude: ['test/migrations/passport-azure-ad.test.ts'],
          env: { MIGRATIONS: 'both' },
          // A test of an Angular application waits for the installation and the build.
          testTimeout: 300_000,
        },
      },
      { extends: true, test: { name: 'others', include: OTHERS } },
      { extends: true, test: { name: 'matrix', include: MATRIX } },
      { extends: true, test: { name: 'neighbors', include: NEIGHBORS } },
      // The contract in a process in which another package has replaced `Response` or `Promise`.
      ...['response', 'promise'].flatMap((replaced) => {
        const setup = `./packages/identity-web/test/neighbors/${replaced}.ts`
        const setupFiles = [...SETUP, setup]
        const env = { NEIGHBOR: replaced }
        return [
          { name: `contract-${replaced}`, include: CONTRACT, setupFiles, env },
          {
            name: `neighbors-${replaced}`,
            include: CONTRACTS,
            setupFiles,
            env,
          },
        ].map((test) => ({ extends: true as const, test }))
      }),
      {
        extends: true,
        test: {
          name: 'azure-cli',
          include: AZURE_CLI,
          // Each command of the Azure CLI takes seconds.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            checker: 'node_modules/typescript7/bin/tsc',
            only: true,
            include: ['packages/*/test/types/*.test-d.ts'],
            tsconfig: 'tsconfig.types.json',
          },
        },
      },
    ],
    // `npm run -C maintain coverage`, which ci.yml runs.
    coverage: {
      provider: 'custom',
      customProviderModule: './maintain/node_modules/@vitest/coverage-v8/dist/index.js',
      include: ['packages/identity-web/src/**'],
      exclude: ['**/*.d.ts', ...ELSEWHERE],
      reportsDirectory: 'coverage',
      reporter: ['text', 'html'],
      reportOnFailure: true,
      thresholds: { lines: 97, branches: 93.5 },
    },
  },
})
