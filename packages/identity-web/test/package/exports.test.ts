import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import entries from '../../entries.json' with { type: 'json' }
import manifest from '../../package.json' with { type: 'json' }

const folder = fileURLToPath(new URL('../..', import.meta.url))

/** Runs CommonJS code in a new thread, which has its own modules and starts faster than a process. */
function inThread<Result>(code: string): Promise<Result> {
  const worker = new Worker(code, { eval: true, execArgv: ['--no-warnings'], env: {} })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
    worker.once('exit', (status) => reject(new Error(`The thread ended with ${status}.`)))
  })
}

const bundles = new Map<string, ReturnType<typeof bundleAnew>>()

/** The same for each bundle, once. */
function bundle(
  contents: string,
  conditions: readonly string[] = [],
): ReturnType<typeof bundleAnew> {
  const key = JSON.stringify([contents, conditions])
  const known = bundles.get(key) ?? bundleAnew(contents, conditions)
  bundles.set(key, known)
  return known
}

/** Bundles code that imports the built package, for a runtime with these conditions. */
async function bundleAnew(
  contents: string,
  conditions: readonly string[],
): Promise<{ inputs: string; code: string; exported: readonly string[] }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: folder,
    // The paths of the repository's tsconfig lead to the sources.
    tsconfigRaw: {},
    format: 'esm',
    charset: 'utf8',
    conditions: [...conditions],
    platform: conditions.includes('node') ? 'node' : 'browser',
    logLevel: 'silent',
  })
  return {
    inputs: Object.keys(metafile.inputs).join(' '),
    code: outputFiles.map(({ text }) => text).join(''),
    exported: Object.values(metafile.outputs).flatMap((output) => output.exports),
  }
}

const frameworks = Object.entries(entries.exports)
  .filter(([, { source }]) => /^src\/adapters\/[^/]+\/index\.ts$/.test(source))
  .map(([path]) => path.slice('./'.length))
const withoutNode = Object.entries(entries.exports)
  .filter(([, row]) => 'runsWithoutNode' in row)
  .map(([path]) => path.slice('./'.length))

/** The entry points that are built for the bundlers of other runtimes, too. */
const bothBuilds = Object.entries(manifest.exports)
  .filter(([, conditions]) => typeof conditions !== 'string' && 'node' in conditions)
  .map(([path]) => path)

/** The exports of the main entry, which every framework has too: nobody has to know two entries. */
const EXPORTS_OF_ALL = [
  'AccessDenied',
  'IdentityError',
  'fromExpressStore',
  'getGroups',
  'hasGroup',
  'hasGroupsOverage',
  'hasRole',
  'kubernetesAssertion',
  'managedIdentityAssertion',
  'memoryStore',
]
const EXPORTS_OF_FRAMEWORK = ['ApiAuth', 'Auth', ...EXPORTS_OF_ALL]
const EXPORTS_WITH_MCP = [...EXPORTS_OF_FRAMEWORK, 'McpAuth']
const EXPORTS_OF_BROWSER = ['LoginRequired', 'SessionError', 'createSession']
/** The exported names of the entry points that differ. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  '.': EXPORTS_OF_ALL,
  './express': [...EXPORTS_WITH_MCP, 'loginRequired'],
  './fastify': [...EXPORTS_WITH_MCP, 'loginRequired'],
  './koa': [...EXPORTS_WITH_MCP, 'loginRequired'],
  './hono': [...EXPORTS_WITH_MCP, 'loginRequired'],
  './fetch': EXPORTS_WITH_MCP,
  './next': EXPORTS_WITH_MCP,
  './nestjs': [
    ...EXPORTS_WITH_MCP,
    'AccessToken',
    'ApiGuard',
    'AuthorizationRequired',
    'CurrentUser',
    'EitherGuard',
    'EitherRequired',
    'IdentityContext',
    'IdentityModule',
    'LoginGuard',
    'LoginRequired',
    'McpGuard',
    'McpRequired',
    'Public',
  ],
  './react-router/routes': ['signInRoutes'],
  './react-router/sign-in-page': ['action', 'default', 'loader'],
  './nuxt': ['default'],
  './azure-functions': [...EXPORTS_OF_FRAMEWORK, 'toHttpResponseInit'],
  './aws-lambda': ['IdentityError', 'toLambdaHandler'],
  './browser': EXPORTS_OF_BROWSER,
  './react': [...EXPORTS_OF_BROWSER, 'SessionProvider', 'useExpiring', 'useSession'],
  './vue': [...EXPORTS_OF_BROWSER, 'sessionPlugin', 'useExpiring', 'useSession'],
  './svelte': [...EXPORTS_OF_BROWSER, 'provideSession', 'useExpiring', 'useSession'],
  './angular': [
    ...EXPORTS_OF_BROWSER,
    'identityInterceptor',
    'injectExpiring',
    'injectSession',
    'provideIdentity',
    'signedIn',
  ],
  './redis': ['IdentityError', 'redisStore'],
  './postgres': ['IdentityError', 'createTable', 'postgresStore', 'postgresTable'],
  './easy-auth': ['easyAuth'],
  './device-code': ['deviceCode', 'startDeviceLogin'],
  './previews': ['previewRelay'],
  './token-cache': ['sharedTokens'],
  './azure': ['azureCredential'],
  './vault-key': ['vaultKey'],
  './durable-object': ['IdentityError', 'IdentitySessions', 'durableObjectStore'],
  './languages/de': ['german'],
  './languages/en': ['english'],
  './languages/es': ['spanish'],
  './languages/fr': ['french'],
  './languages/it': ['italian'],
  './languages/ja': ['japanese'],
  './languages/nl': ['dutch'],
  './languages/pl': ['polish'],
  './languages/pt': ['portuguese'],
  './languages/zh-Hans': ['simplifiedChinese'],
}

// The tests use the built package.
describe('the package', () => {
  test.each(Object.keys(entries.exports))('exports exactly these names, %s', async (path) => {
    const names = await inThread<string[]>(
      // Without a build, the packages of Angular need their compiler.
      `import('${path === './angular' ? '@angular/compiler' : 'identity-web'}').then(() => import('identity-web${path.slice(1)}')).then((all) => require('node:worker_threads').parentPort.postMessage(Object.keys(all)))`,
    )

    expect(names.toSorted()).toEqual((EXPORTS[path] ?? EXPORTS_OF_FRAMEWORK).toSorted())
  })

  test.each(frameworks)('can be required from CommonJS, %s', async (adapter) => {
    const code = `
      const { Auth, ApiAuth } = require('identity-web/${adapter}')
      const auth = new Auth({ redirectUri: 'http://localhost/a/redirect', logger: {} })
      const { parentPort } = require('node:worker_threads')
      parentPort.postMessage([auth.paths.login, new ApiAuth({ logger: {} }) instanceof ApiAuth])`

    expect(await inThread(code)).toEqual(['/a/login', true])
  })

  test('works in a CommonJS Nest application', async () => {
    const code = `
      const { Module } = require('@nestjs/common')
      const { NestFactory } = require('@nestjs/core')
      const { Auth, IdentityModule, LoginGuard } = require('identity-web/nestjs')
      class App {}
      const redirectUri = 'http://localhost/a/redirect'
      Module({ imports: [IdentityModule.forRoot({ auth: { redirectUri, logger: {} } })] })(App)
      NestFactory.createApplicationContext(App, { logger: false }).then((app) =>
        require('node:worker_threads').parentPort.postMessage(
          [app.get(Auth).paths.login, app.get(LoginGuard) instanceof LoginGuard, IdentityModule.name]))`

    expect(await inThread(code)).toEqual(['/a/login', true, 'IdentityModule'])
  })

  // Modules that other runtimes do not have.
  test.each(withoutNode)('does not need Node.js, %s', async (adapter) => {
    const { inputs } = await bundle(`export * from 'identity-web/${adapter}'`)

    expect(inputs).toContain('dist/modules/encryption/aes-web.js')
    expect(inputs).not.toMatch(/aes-node|key-material-node|languages-node|signature-node/)
  })

  // Two copies of a class in one bundle would not recognize each other's instances.
  test.each(bothBuilds)('gives bundlers one file for each module, %s', async (path) => {
    const { inputs, exported } = await bundle(`export * from 'identity-web${path.slice(1)}'`)
    const files = inputs.split(' ').filter((file) => file.startsWith('dist/'))

    expect(exported.toSorted()).toEqual((EXPORTS[path] ?? EXPORTS_OF_FRAMEWORK).toSorted())
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => !file.startsWith('dist/modules/'))).toEqual([])
  })

  // A bundle for the edge must stay small. `Abmelden` is the German text of a button.
  test.each(withoutNode)('bundles only the languages that are imported, %s', async (adapter) => {
    const all = `export * from 'identity-web/${adapter}'`
    const english = await bundle(all)
    const german = await bundle(`${all}\nexport * from 'identity-web/languages/de'`)
    const onNode = await bundle(all, ['node'])

    expect(english.code).toContain('You are signed out')
    expect(english.code).not.toMatch(/Abmelden|Se déconnecter|Wyloguj|サインアウト|退出登录/)
    expect(german.code).toContain('Abmelden')
    expect(german.code).not.toMatch(/Se déconnecter|Wyloguj|サインアウト|退出登录/)
    expect(onNode.code).toMatch(/Abmelden[^]*サインアウト/)
  })
})

test('the accepted versions of Next.js have the fixes for the known bypasses of its proxy', () => {
  const ranges = manifest.peerDependencies.next.split(' || ')

  // CVE-2026-45109 was fixed in 15.5.18, and CVE-2026-64642 in 16.2.11. Earlier versions have these and older ones.
  const floors = ranges.map((range) => range.replace('^', '').split('.').map(Number))
  expect(floors.map(([major]) => major)).toEqual([15, 16])
  for (const [index, fixed] of [
    [15, 5, 18],
    [16, 2, 11],
  ].entries()) {
    const [, minor = 0, patch = 0] = floors[index] ?? []
    const [, fixedMinor = 0, fixedPatch = 0] = fixed
    expect(minor * 1000 + patch).toBeGreaterThanOrEqual(fixedMinor * 1000 + fixedPatch)
  }
})
