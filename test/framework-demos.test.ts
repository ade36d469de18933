import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import entries from '../packages/identity-web/entries.json' with { type: 'json' }
import { visitDemo } from './demo-visitor.ts'

const hasDemo = (path: string): boolean =>
  existsSync(new URL(`../examples/${path}/package.json`, import.meta.url))

// The demo of Express has its own tests, and the projects of meta-frameworks in `test/hosts`. Azure Functions has no demo.
const demos = Object.entries(entries.exports)
  .filter(([, { source }]) => source.startsWith('src/adapters/'))
  .filter(([path]) => !['./express', './azure-functions'].includes(path) && hasDemo(path))
  .map(([path], index): [string, number] => [path.slice('./'.length), 5800 + 10 * index])

describe.each(demos)('the demo of %s', (framework, port) => {
  test('a person signs in, sees their claims, calls an API with consent on the way, and signs out', async () => {
    const visitor = await visitDemo(framework, 'alex@contoso.onmicrosoft.com', port)

    const home = await visitor.open('/')
    const api = await visitor.open('/call_api')
    const [, signOut = ''] = /href="([^"]+)">Sign out</.exec(home.text) ?? []
    const out = await visitor.browser.navigate(`${visitor.url}${signOut}`)

    expect(home.text).toContain('<h1>Hello, Alex Rivera</h1>')
    expect(home.text).toContain('href="/call_api"')
    expect(home.text).toContain('<h2 id="next">Try this next</h2>')
    expect(home.text).toContain('<th scope="row">preferred_username</th>')
    expect(api.text).toContain('&quot;displayName&quot;: &quot;Alex Rivera&quot;')
    expect(out.location).toContain('/logout?')
    expect(visitor.browser.cookies.has('identity')).toBe(false)
    const elsewhere = await visitor.browser.navigate(`${visitor.url}/elsewhere`)
    expect(elsewhere.status).toBe(404)
    expect(elsewhere.text).not.toBe('')
    // Next.js compiles each page when it is asked for.
  }, 180_000)
})
