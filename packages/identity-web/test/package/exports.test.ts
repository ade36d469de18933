import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
const node = async (code: string, ...args: string[]): Promise<string> =>
  (await run(process.execPath, [...args, '-e', code], { cwd: folder })).stdout.trim()

// On what was built, as it ships.
describe('the package', () => {
  test('exports these names and no others', async () => {
    const names = (entry: string): Promise<string> =>
      node(`import('${entry}').then((all) => console.log(Object.keys(all).sort().join()))`)

    expect(await names('identity-web')).toBe(
      'IdentityError,fromExpressStore,getGroups,hasGroup,hasGroupsOverage,hasRole,isIdentityError,kubernetesAssertion,managedIdentityAssertion,memoryStore',
    )
    for (const framework of ['express', 'fastify', 'koa', 'hono']) {
      expect(await names(`identity-web/${framework}`)).toBe(
        'ApiAuth,Auth,IdentityError,isIdentityError,loginRequired',
      )
    }
    expect(await names('identity-web/fetch')).toBe('ApiAuth,Auth,IdentityError,isIdentityError')
    expect(await names('identity-web/nestjs')).toBe(
      'AccessToken,ApiAuth,ApiGuard,Auth,AuthorizationRequired,CurrentUser,EitherGuard,EitherRequired,IdentityContext,IdentityError,IdentityModule,LoginGuard,LoginRequired,Public,isIdentityError',
    )
    expect(await names('identity-web/next')).toBe('ApiAuth,Auth,IdentityError,isIdentityError')
    expect(await names('identity-web/redis')).toBe('IdentityError,isIdentityError,redisStore')
  })

  test.each(['express', 'fastify', 'koa', 'hono', 'fetch', 'nestjs', 'next'])(
    'can be required from CommonJS, %s',
    async (adapter) => {
      const code = `
      const { Auth, ApiAuth } = require('identity-web/${adapter}')
      const auth = new Auth({ redirectUri: 'http://localhost/a/redirect', logger: {} })
      console.log(auth.loginPath, new ApiAuth({ logger: {} }) instanceof ApiAuth)`

      expect(await node(code, '--no-warnings', '--input-type=commonjs')).toBe('/a/login true')
    },
  )

  test('is part of a Nest application of CommonJS', async () => {
    const code = `
      const { Module } = require('@nestjs/common')
      const { NestFactory } = require('@nestjs/core')
      const { Auth, IdentityModule, LoginGuard } = require('identity-web/nestjs')
      class App {}
      const redirectUri = 'http://localhost/a/redirect'
      Module({ imports: [IdentityModule.forRoot({ auth: { redirectUri, logger: {} } })] })(App)
      NestFactory.createApplicationContext(App, { logger: false }).then((app) =>
        console.log(app.get(Auth).loginPath, app.get(LoginGuard) instanceof LoginGuard, IdentityModule.name))`

    expect(await node(code, '--no-warnings', '--input-type=commonjs')).toBe(
      '/a/login true IdentityModule',
    )
  })

  // What a bundle for other runtimes would not find.
  test.each(['fetch', 'hono', 'next'])('needs nothing of Node.js, %s', async (adapter) => {
    const { metafile } = await build({
      stdin: { contents: `export * from 'identity-web/${adapter}'`, resolveDir: folder },
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    })
    const inputs = Object.keys(metafile.inputs).join(' ')

    expect(inputs).toContain('aes-web.js')
    expect(inputs).not.toMatch(/aes-node|key-material-node/)
  })

  test('ships its sources and nothing of its tests', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--silent'], {
      cwd: folder,
    })
    const [pack] = JSON.parse(stdout) as [{ files: { path: string }[] }]
    const paths = pack.files.map(({ path }) => path)

    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/adapters/express.js',
        'dist/adapters/express.d.ts',
        'LICENSE',
        'README.md',
      ]),
    )
    expect(paths.filter((path) => /test|tsconfig/.test(path))).toEqual([])
  })
})
