import { expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'

test('extra parameters do not change the parameters that protect a sign-in', async ({
  openSite,
  provider,
}) => {
  const site = await openSite({
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
