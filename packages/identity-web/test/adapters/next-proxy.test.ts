import { AccessDenied } from 'identity-web'
import { Auth } from 'identity-web/next'
import { NextRequest } from 'next/server.js'
import { expect, test } from '../support/fixtures.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'

test('the proxy shows the 403 page to a user whom onRefresh rejects, and ends the session', async ({
  site,
  provider,
  browser,
  clock,
}) => {
  await signIn(site, provider, {}, browser)
  const cookie = [...browser.cookies]
    .filter(([name]) => name.startsWith('identity'))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ')
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    onRefresh: () => {
      throw new AccessDenied({ message: 'Your account is suspended.' })
    },
    now: clock.now,
    logger: {},
  })
  const navigate = async (options?: { readonly loginRequired: string[] }): Promise<Response> =>
    auth.createProxy(options)(
      new NextRequest(`${site.origin}/account`, { headers: { cookie, accept: 'text/html' } }),
    )
  clock.advance(3600)

  for (const response of [await navigate(), await navigate({ loginRequired: ['/account'] })]) {
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('Your account is suspended.')
    const ended = response.headers.getSetCookie().filter((set) => set.includes('Max-Age=0'))
    expect(ended.map((set) => set.split('=', 1)[0])).toEqual(['identity', 'identity-tokens'])
  }
})
