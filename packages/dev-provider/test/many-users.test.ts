import { defaultConfig } from '../src/index.js'
import { claimsOf, getTokens, REDIRECT_URI } from './support/flow.js'
import { expect, test as base } from './support/fixtures.js'

const users = Array.from({ length: 5000 }, (_, index) => ({
  username: `user${index}@contoso.onmicrosoft.com`,
  name: `User ${index}`,
  givenName: 'User',
  surname: `No ${index}`,
  oid: `a1e00000-0000-4000-9000-${String(index).padStart(12, '0')}`,
  tenant: defaultConfig.tenants[0]!.id,
}))
const { username } = users.at(-1)!

const test = base
  .extend('providerOptions', { config: { users } })
  .extend('authorizeUrl', ({ provider }) => (params: Record<string, string> = {}): string => {
    const all = new URLSearchParams({
      client_id: provider.app.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid profile',
      ...params,
    })
    return `${provider.oidcAuthority}/authorize?${all}`
  })

test('the account page shows the hinted user first and limits the list', async ({
  authorizeUrl,
}) => {
  const page = await (await fetch(authorizeUrl())).text()
  expect(page.match(/name="account"/g)).toHaveLength(30)
  expect(page).toContain('4970 more accounts are not shown')

  const hinted = await (await fetch(authorizeUrl({ login_hint: username }))).text()
  expect(/name="account"\s+value="([^"]*)"/.exec(hinted)?.[1]).toBe(username)
})

test('the simulated browser can sign in a user that the page does not show', async ({
  provider,
}) => {
  const tokens = await getTokens(provider, {}, { as: username })

  expect(claimsOf(tokens.id_token)['preferred_username']).toBe(username)
})

test('the error for an unknown user names a few users', async ({ provider }) => {
  await expect(provider.accessToken({ as: 'nobody' })).rejects.toThrow(
    /user19@contoso\.onmicrosoft\.com and 4980 others$/,
  )
})

test('two simple requests can sign in any user, for other processes', async ({
  authorizeUrl,
  provider,
}) => {
  const page = await (await fetch(authorizeUrl())).text()
  const action = /<form [^>]*action="([^"]+)"/.exec(page)?.[1] ?? ''
  const response = await fetch(new URL(action, provider.origin), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ account: username }),
  })

  expect(response.headers.get('location')).toMatch(/^http:\/\/localhost:3999\/callback\?code=/)
})
