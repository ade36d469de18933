import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import entries from '../packages/identity-web/entries.json' with { type: 'json' }
import { browse } from '../packages/dev-provider/src/controls/browser.ts'
import { Browser, type BrowserResponse } from '../packages/identity-web/test/support/browser.ts'
import { printedUrl } from './printed-url.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

// The demo of Express has its own tests.
const demos = Object.entries(entries.exports)
  .filter(([path, { source }]) => source.startsWith('src/adapters/') && path !== './express')
  .map(([path], index): [string, number] => [path.slice('./'.length), 5800 + 10 * index])

describe.each(demos)('the demo of %s', (framework, port) => {
  test('a person signs in, sees their claims, calls an API with consent on the way, and signs out', async () => {
    const demo = spawn(process.execPath, ['scripts/demo.mjs', framework], {
      cwd: root,
      env: { ...process.env, PORT: String(port), PROVIDER_PORT: String(port + 1) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void demo.kill())
    const url = await printedUrl(demo)
    const browser = new Browser()
    const cookies = new Map<string, string>()
    /** Goes where an answer leads: through the provider's pages, as Alex, and back to the application. */
    const follow = async (answer: BrowserResponse): Promise<BrowserResponse> => {
      // A render of Next.js leads to the login route first.
      const isOwn = answer.location?.startsWith(`${url}/`) === true
      const away = isOwn ? await browser.navigate(answer.location ?? '') : answer
      const { location = '' } = away
      const { origin } = new URL(location)
      const back = await browse(new URL(location), {
        origin,
        username: 'alex@contoso.onmicrosoft.com',
        consent: true,
        cookies,
        ca: undefined,
      })
      const landed = await browser.navigate(back.url.href, {
        headers: { 'sec-fetch-site': 'cross-site' },
      })
      return browser.navigate(new URL(landed.location ?? '', url).href)
    }

    const home = await follow(await browser.navigate(url))
    const api = await follow(await browser.navigate(`${url}/call_api`))
    const out = await browser.navigate(`${url}/logout`)

    expect(home.text).toContain('<h1>Hello, Alex Rivera</h1>')
    expect(home.text).toContain('href="/call_api"')
    expect(home.text).toContain('<th scope="row">preferred_username</th>')
    expect(api.text).toContain('&quot;displayName&quot;: &quot;Alex Rivera&quot;')
    expect(out.location).toContain('/logout?')
    expect(browser.cookies.has('identity')).toBe(false)
    expect((await browser.navigate(`${url}/elsewhere`)).status).toBe(404)
    // Next.js compiles each page when it is asked for.
  }, 60_000)
})
