import { describe, expect, test as base } from '../support/fixtures.ts'
import { IdentityError } from 'identity-web/express'
import type { BrowserResponse } from '../support/browser.ts'
import { Browser, sendToCallback, type Site } from '../support/site.ts'
import { copyOf } from '../support/steps.ts'

const TODOS = 'api://todos.contoso.example/Todos.Read'

function addTodos({ app, auth }: Site): void {
  app.get(
    '/todos',
    auth.loginRequired(
      { scopes: TODOS },
      (_req, res, { accessToken }) => void res.json({ accessToken }),
    ),
  )
}

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('site', async ({ openSite }) => {
    const site = await openSite()
    addTodos(site)
    return site
  })
  .extend('common', async ({ openSite, provider }) => {
    const common = await openSite({ authority: provider.authority('common') })
    addTodos(common)
    return common
  })
  /** The error that `siteWithRejection` throws at a sign-in. */
  .extend('rejection', (): { error?: Error } => ({}))
  .extend('siteWithRejection', ({ openSite, rejection }) =>
    openSite({
      onLogin: (claims) => {
        if (rejection.error !== undefined) throw rejection.error
        return claims
      },
    }),
  )

  /** Signs a user in while the browser already has a session, as the login link does. */
  .extend(
    'signInOver',
    ({ site }) =>
      (browser: Browser, as: string, at: Site = site): Promise<Browser> =>
        at.signIn({ path: '/login', as }, browser),
  )
  .extend(
    'userOf',
    ({ site }) =>
      async (browser: Browser, at: Site = site): Promise<string | undefined> => {
        const response = await browser.navigate(`${at.origin}/open`)
        return (response.json() as { user: { name?: string } | null }).user?.name
      },
  )
  .extend(
    'refreshes',
    ({ provider }) =>
      (): number =>
        provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length,
  )

const valueOf = (browser: Browser, name: string): string => browser.cookies.get(name)?.value ?? ''

describe('a session that existed before the sign-in', () => {
  test('from an attacker does not become the session of the victim', async ({
    site,
    signInOver,
    userOf,
  }) => {
    const attacker = await site.signIn({ path: '/token', as: 'sam' })
    const victim = copyOf(attacker)

    await signInOver(victim, 'alex')

    expect(await userOf(victim)).toBe('Alex Rivera')
    expect(await userOf(attacker)).toBe('Sam Okafor')
    expect(valueOf(victim, 'identity')).not.toBe(valueOf(attacker, 'identity'))
  })

  test('keeps its ID to itself: earlier tokens do not fit the next session', async ({
    site,
    signInOver,
  }) => {
    const browser = await site.signIn({ path: '/token' })
    const before = valueOf(browser, 'identity-tokens')
    const own = await browser.navigate(`${site.origin}/token`)
    await signInOver(browser, 'alex')

    const mixed = await new Browser().navigate(`${site.origin}/token`, {
      headers: { cookie: `identity=${valueOf(browser, 'identity')}; identity-tokens=${before}` },
    })

    expect(own.status).toBe(200)
    expect(mixed.status).toBe(302)
  })

  test('of another user does not pass on tokens', async ({ site, signInOver, refreshes }) => {
    const browser = await site.signIn({ path: '/todos', as: 'sam' })
    await signInOver(browser, 'alex')

    const response = await browser.navigate(`${site.origin}/todos`)

    expect(nameIn(response)).toBe('Alex Rivera')
    expect(refreshes()).toBe(1)
  })

  test('of another user does not pass on tokens for scopes without the consent of the new user', async ({
    site,
    provider,
    signInOver,
  }) => {
    const browser = await site.signIn({ path: '/todos', as: 'sam' })
    provider.behave({ consent: 'ask' })
    await signInOver(browser, 'alex')

    const response = await browser.script(`${site.origin}/todos`)

    expect(response.status).toBe(401)
  })

  test('of the same user passes on the tokens for other APIs', async ({
    site,
    signInOver,
    refreshes,
  }) => {
    const browser = await site.signIn({ path: '/todos' })
    const before = await browser.navigate(`${site.origin}/todos`)
    await signInOver(browser, 'alex')

    const response = await browser.navigate(`${site.origin}/todos`)

    expect(response.json()).toEqual(before.json())
    expect(refreshes()).toBe(0)
  })

  test('of a user with the same name at another tenant does not pass on tokens', async ({
    common,
    provider,
    signInOver,
  }) => {
    const browser = await common.signIn({ path: '/todos' })
    const tid = provider.config.tenants[1]?.id
    const page = await browser.navigate(`${common.origin}/`)
    const { sub } = (page.json() as { claims: { sub: string } }).claims
    provider.tamper = {
      idToken: (claims, sign) =>
        sign({ ...claims, sub, tid, iss: `${provider.origin}/${tid}/v2.0` }),
    }
    await signInOver(browser, 'jo', common)

    const response = await browser.navigate(`${common.origin}/todos`)

    expect(nameIn(response)).toBe('Jo Tanaka')
  })

  test('made of invalid chunks is not mixed in', async ({ site, userOf, browser }) => {
    for (const name of ['identity', 'identity.1', 'identity.2', 'identity-tokens.1']) {
      browser.cookies.set(name, { value: '2.AAAA', path: '/', secure: false, sameSite: 'lax' })
    }

    await site.signIn({}, browser)

    expect(await userOf(browser)).toBe('Alex Rivera')
    expect([...browser.cookies.keys()].toSorted()).toEqual(['identity', 'identity-tokens'])
  })
})

describe('an application that rejects a user', () => {
  test('leaves the user without a session, on a page that explains it', async ({
    rejection,
    siteWithRejection,
    userOf,
  }) => {
    rejection.error = new IdentityError('access_denied', 'Not on the list.')
    const browser = new Browser()

    const response = await sendToCallback(browser, await siteWithRejection.startSignIn(browser))

    expect(response.status).toBe(403)
    expect([...browser.cookies.keys()]).toEqual([])
    expect(await userOf(browser, siteWithRejection)).toBeUndefined()
  })

  test('ends the previous session of the user', async ({
    siteWithRejection,
    provider,
    rejection,
    userOf,
  }) => {
    const browser = await siteWithRejection.signIn()
    const redirect = await browser.navigate(`${siteWithRejection.origin}/login`)
    rejection.error = new IdentityError('access_denied', 'No longer on the list.')

    const response = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    expect(response.status).toBe(403)
    expect(await userOf(browser, siteWithRejection)).toBeUndefined()
  })

  test('does not start a session after an unexpected error either', async ({
    rejection,
    siteWithRejection,
  }) => {
    rejection.error = new Error('The database is down.')
    const browser = new Browser()

    const response = await sendToCallback(browser, await siteWithRejection.startSignIn(browser))

    expect(response.status).toBe(500)
    expect(browser.cookies.has('identity')).toBe(false)
  })
})

function nameIn(response: BrowserResponse): string {
  const { accessToken } = response.json() as { accessToken: string }
  const claims = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()
  return (JSON.parse(claims) as { name: string }).name
}
