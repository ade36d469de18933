import { describe, expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { type Site } from '../support/site.ts'

const about = ({ logs }: Site): string[] => logs.filter((line) => line.includes('cannot be read'))
const own = (setCookies: readonly string[]): string[] =>
  setCookies
    .filter((cookie) => !cookie.includes('-flow-'))
    .map((cookie) => cookie.split(';')[0] ?? '')
const DEFAULT_NAME = {
  session: { secret: 'a-secret-of-thirty-two-characters', cookie: { name: undefined } },
}

describe('on localhost', () => {
  test('the name of the cookie contains the port, so that applications do not share it', async ({
    openSite,
  }) => {
    const [one, two] = [await openSite(DEFAULT_NAME), await openSite(DEFAULT_NAME)]
    const browser = await one.signIn()
    await two.signIn({ as: 'robin' }, browser)
    const names = [...browser.cookies.keys()].filter((name) => !name.endsWith('-tokens'))

    expect(names.toSorted()).toEqual(
      [one, two].map(({ origin }) => `identity-${new URL(origin).port}`).toSorted(),
    )
    for (const { origin } of [one, two]) {
      expect((await browser.navigate(`${origin}/other`)).status).toBe(200)
    }
    expect([...about(one), ...about(two)]).toEqual([])
  })

  test.for([
    ['http://localhost/redirect', 'identity-80-flow-'],
    ['http://127.0.0.1:3000/redirect', 'identity-3000-flow-'],
    ['https://localhost:3001/redirect', '__Host-identity-3001-flow-'],
    ['https://localhost/redirect', '__Host-identity-443-flow-'],
    ['https://app.example.com:8443/redirect', '__Host-identity-flow-'],
  ])('redirectUri %s: %s', async ([redirectUri, name], { openSite }) => {
    const site = await openSite({ ...DEFAULT_NAME, redirectUri })
    const { setCookies } = await new Browser().navigate(`${site.origin}/login`)

    expect(setCookies[0]).toMatch(new RegExp(`^${name}`))
  })
})

describe('a session cookie that cannot be read', () => {
  test('of another application is deleted, and logged once', async ({ openSite }) => {
    const [one, two] = [
      await openSite(),
      await openSite({ session: { secret: 'another-secret-of-thirty-two-characters' } }),
    ]
    const browser = await one.signIn()
    const again = await one.signIn()

    const response = await browser.navigate(`${two.origin}/other`)
    await again.script(`${two.origin}/other`)

    expect(response.status).toBe(302)
    expect(own(response.setCookies)).toEqual(['identity=', 'identity-tokens='])
    expect([...browser.cookies.keys()].filter((name) => !name.includes('-flow-'))).toEqual([])
    expect(about(two)).toEqual([
      expect.stringMatching(/session cookie identity cannot be read.*different name for each/),
    ])
  })

  test('is deleted for a page that anyone may see', async ({ site, browser }) => {
    site.app.get('/open', async (req, res) => {
      res.json({ user: (await site.auth.getUser(req)) ?? null })
    })
    const response = await browser.navigate(`${site.origin}/open`, {
      headers: { cookie: 'identity=1.AAAA' },
    })

    expect(response.json()).toEqual({ user: null })
    expect(own(response.setCookies)).toEqual(['identity=', 'identity-tokens='])
  })

  test('because a part is missing is deleted with all parts, and has its own log line', async ({
    site,
  }) => {
    for (const cookie of [
      'identity=2.AAAA; identity-tokens=1.AAAA',
      'identity=1.AAAA',
      'identity=2.A',
    ]) {
      const { setCookies } = await new Browser().script(`${site.origin}/other`, {
        headers: { cookie },
      })
      expect(own(setCookies)).toEqual(['identity=', 'identity-tokens='])
    }
    expect(about(site)).toEqual([
      expect.stringContaining('A part of the cookie is missing'),
      expect.stringContaining('another session.secret'),
    ])
  })

  test('is deleted if sessions are in a store', async ({ openSite, store }) => {
    const cookies = await openSite()
    const site = await openSite({ session: { store } })
    const browser = await cookies.signIn()
    const { setCookies } = await browser.script(`${site.origin}/other`)

    expect(own(setCookies)).toEqual(['identity='])
    expect(about(site)).toHaveLength(1)
  })

  test('is not meant by a session that has expired, or by a request without a session', async ({
    site,
    clock,
    signedIn,
  }) => {
    clock.advance(8 * 86_400)
    const expired = await signedIn.script(`${site.origin}/other`)
    const anonymous = await new Browser().script(`${site.origin}/other`, {
      headers: { cookie: 'identity-other=1; xidentity=1.AAAA' },
    })

    for (const { status, setCookies } of [expired, anonymous]) {
      expect(status).toBe(401)
      expect(own(setCookies)).toEqual([])
    }
    expect(about(site)).toEqual([])
  })
})
