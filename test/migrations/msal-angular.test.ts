import { describe, expect } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { angularTest, consent, signIn } from './angular.ts'
import { sides } from './support.ts'

const test = angularTest({
  library: 'msal-angular',
  settings: ({ provider, spaId, api }) => ({
    'src/environments/environment.ts': `export const environment = ${JSON.stringify({
      clientId: spaId,
      authority: provider.authority(),
      knownAuthorities: [new URL(provider.origin).host],
      todos: { url: `${api}/todos`, scopes: ['api://todos.contoso.example/Todos.ReadWrite'] },
      graph: { url: `${provider.origin}/v1.0`, scopes: ['User.Read'] },
    })}`,
  }),
  env: ({ provider, app, api }) => ({
    AUTHORITY: provider.authority(),
    API_CLIENT_ID: provider.api.clientId,
    APP_ORIGIN: app,
    TODOS: api,
    GRAPH: `${provider.origin}/v1.0`,
    IDENTITY_AUTHORITY: provider.authority(),
  }),
})

describe.skipIf(!hasChromium).each(sides)('%s', (side) => {
  test('signs in, calls Graph and the API, and signs out', async ({ start, visit }) => {
    const app = await start(side)
    const page = await visit(app)
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await signIn(page, page.getByText('Alex Rivera'))
    await page.getByText('Alex Rivera').waitFor()
    expect(page.url()).toBe(`${app}/`)

    await page.getByRole('link', { name: 'Profile' }).click()
    await page.getByText('Product designer').waitFor()

    await page.getByRole('link', { name: 'Todos' }).click()
    await consent(page, page.getByRole('textbox'))
    await page.getByRole('textbox').fill('Water the plants')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('listitem').getByText('Water the plants').waitFor()

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })
})
