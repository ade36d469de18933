import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite } from '../support/attack.ts'
import { Browser } from '../support/browser.ts'

let provider: DevProvider

beforeAll(async () => {
  provider = await startDevProvider()
})
afterAll(() => provider.close())

test('extra parameters change nothing of what makes a sign-in safe', async () => {
  const site = await openSite(provider, {
    extraParams: {
      client_id: 'another',
      response_type: 'token',
      redirect_uri: 'https://evil.example/',
      scope: 'Mail.Read',
      state: 'theirs',
      nonce: 'theirs',
      code_challenge: 'theirs',
      code_challenge_method: 'plain',
      mkt: 'de-DE',
    },
  })

  const { location = '' } = await new Browser().navigate(`${site.origin}/`)

  const sent = Object.fromEntries(new URL(location).searchParams)
  expect(sent).toMatchObject({
    client_id: provider.app.clientId,
    response_type: 'code',
    redirect_uri: `${site.origin}/redirect`,
    scope: 'openid profile email offline_access',
    code_challenge_method: 'S256',
    mkt: 'de-DE',
  })
  expect(Object.values(sent)).not.toContain('theirs')
})
