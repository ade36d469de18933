import { browser } from 'identity-web-dev/testing'
import { describe, expect } from 'vitest'
import { test as base } from '../../packages/dev-provider/test/support/fixtures.ts'
import { freePort, installExample } from './support/project.ts'
import { settingsOf } from './support/serve.ts'

// The demos run these examples with the packages of the repository. Here, they have those of their lockfiles, as a user has.

const test = base.extend('start', ({ provider }, { onCleanup }) => async (name: string) => {
  const project = installExample(name)
  // The file of the root would replace the packed library with its sources.
  if (name === 'nestjs') project.edit('tsconfig.json', ['"extends": "../../tsconfig.json",', ''])
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const isNext = name === 'next'
  const command = isNext ? ['next', 'dev', '--port', String(port)] : ['tsx', 'src/app.ts']
  const server = await project.start(command, origin, {
    PORT: String(port),
    NODE_ENV: 'development',
    ...settingsOf(provider, `${origin}${isNext ? '/auth' : ''}/redirect`),
    IDENTITY_RESOURCE: `${origin}${name === 'mcp' ? '/mcp' : ''}`,
    STORAGE_URL: 'https://contoso.blob.core.windows.net',
  })
  onCleanup(() => server.close())
  return origin
})

describe.each(['express', 'fastify', 'fetch', 'hono', 'koa', 'nestjs', 'next'])(
  'the example %s',
  (name) => {
    test('signs a user in with the packed library', async ({ start }) => {
      const page = await browser(await start(name), { as: 'alex' }).get('/')

      expect(await page.text()).toContain('Hello, Alex Rivera')
    })
  },
)

describe.each([
  ['api', '/todos'],
  ['azure-sdk', '/'],
  ['mcp', '/mcp'],
  ['web-and-api', '/'],
] as const)('the example %s', (name, path) => {
  test('has guards of the packed library', async ({ start }) => {
    const response = await fetch((await start(name)) + path)

    expect(response.status).toBe(401)
  })
})
