import { describe, expect, test } from 'vitest'
import { visitDemo } from './demo-visitor.ts'

const DEMOS = [
  {
    name: 'external-id',
    as: 'nora@customer.example',
    shows: 'Hello, Nora Lind',
    response: '&quot;displayName&quot;: &quot;Nora Lind&quot;',
  },
  // B2C and AD FS do not have Microsoft Graph, so these demos call the to-do API. The list is empty.
  { name: 'azure-ad-b2c', as: 'mia@shopper.example', shows: 'Hello, Mia Santos', response: '[]' },
  {
    name: 'ad-fs',
    as: 'alex@contoso.onmicrosoft.com',
    shows: 'Hello, alex@contoso.onmicrosoft.com',
    response: '[]',
  },
  {
    name: 'oidc',
    as: 'alex@contoso.onmicrosoft.com',
    shows: 'Hello, Alex Rivera',
    response: '&quot;name&quot;: &quot;Alex Rivera&quot;',
  },
]

describe.each(DEMOS.map((demo, index) => ({ ...demo, port: 5900 + 10 * index })))(
  'the demo $name',
  ({ name, as, shows, response, port }) => {
    test('a person signs in, calls an API, and sees what to try next', async () => {
      const visitor = await visitDemo(name, as, port)

      const home = await visitor.open('/')
      const api = await visitor.open('/call_api')

      expect(home.text).toContain(`<h1>${shows}</h1>`)
      expect(home.text).toContain('<h2 id="next">Try this next</h2>')
      expect(home.text).toContain('href="/call_api"')
      expect(api.text).toContain('It returned status 200')
      expect(api.text).toContain(response)
    })
  },
)
