import { test as base, describe, expect } from 'vitest'
import { startDevProvider } from 'identity-web-dev'
import { Browser, signIn } from '../../packages/identity-web/test/support/site.ts'
import { freePort, installExample, type Environment } from './support/project.ts'
import { envFile, settingsOf } from './support/serve.ts'
import { walkThrough } from './support/walk.ts'

// Wrangler 4 does not run on Node.js 20.
const NODE = 22
const BUILD = ['npm', 'run', 'build']
// The shell puts the variables of the walk in place. The other settings are in `.env`, which precedes the `vars` of wrangler.jsonc.
const SERVE = [
  'sh',
  '-c',
  'exec wrangler dev --ip 127.0.0.1 --port "$PORT" --var "BASE_PATH:$BASE_PATH" --show-interactive-dev-session=false',
]
// Wrangler stays on this machine.
const env: Environment = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

walkThrough({ name: 'workers', build: BUILD, serve: SERVE, node: NODE, env: () => env })

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('site', { scope: 'file' }, async ({}, { onCleanup }) => {
    const provider = await startDevProvider({ logger: () => undefined })
    provider.behave({ consent: 'skip' })
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const project = installExample('workers', NODE)
    const settings = settingsOf(provider, `${origin}/redirect`)
    project.write('.dev.vars', envFile({ ...settings, NODE_ENV: 'development' }))
    const start = () =>
      project.start(SERVE, `${origin}/`, { ...env, PORT: String(port), BASE_PATH: '/' })
    let server = await start()
    onCleanup(async () => {
      await server.close()
      await provider.close()
    })
    const restart = async (): Promise<void> => {
      await server.close()
      server = await start()
    }
    return { origin, provider, restart }
  })

describe('sessions in a Durable Object', () => {
  test('a user stays signed in when the worker starts again', async ({ site }) => {
    const browser = await signIn(site, site.provider, { path: '/account' })
    await site.restart()

    expect((await browser.navigate(`${site.origin}/account`)).text).toContain('Hello, Alex Rivera')
  })

  test('a copied cookie does not open pages after the sign-out', async ({ site }) => {
    const browser = await signIn(site, site.provider, { path: '/account' })
    const copy = new Browser()
    for (const [name, cookie] of browser.cookies) copy.cookies.set(name, cookie)
    expect((await copy.navigate(`${site.origin}/account`)).status).toBe(200)
    await browser.navigate(`${site.origin}/logout`)

    const { status, location } = await copy.navigate(`${site.origin}/account`)
    expect([status, location]).toEqual([302, expect.stringContaining(site.provider.authority())])
  })
})
