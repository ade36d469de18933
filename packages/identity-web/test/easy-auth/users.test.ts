import { AccessDenied } from 'identity-web'
import { describe, expect, signInAtPlatform, test } from '../support/platform-fixtures.ts'

describe('the user of the application behind the platform', () => {
  test('is loaded once for a sign-in, and again after an hour', async ({
    openWithUser,
    provider,
    browser,
    clock,
  }) => {
    const calls: unknown[] = []
    const site = await openWithUser<{ id: string; count: number }>('/', {
      onLogin({ oid }, { tokens, request }) {
        calls.push([Object.keys(tokens).toSorted(), request.method, request.url])
        return { id: oid ?? '', count: calls.length }
      },
    })
    const user = async () => {
      const { user: found } = (await browser.navigate(`${site.origin}/`)).json() as {
        user: unknown
      }
      return found
    }

    const [first, ...others] = await Promise.all([user(), user(), user()])
    expect(first).toEqual({ id: provider.user('alex').oid, count: 1 })
    expect(others).toEqual([first, first])
    expect(calls).toEqual([[['accessToken', 'idToken', 'refreshToken'], 'GET', '/']])

    clock.advance(3601)
    expect(await user()).toMatchObject({ count: 2 })
  })

  test('can be rejected with a message', async ({ openWithUser, browser }) => {
    const site = await openWithUser<object>('/', {
      onLogin() {
        throw new AccessDenied({ message: 'Ask Robin for an account.' })
      },
    })

    const response = await browser.navigate(`${site.origin}/`)

    expect(response.status).toBe(403)
    expect(response.text).toContain('Ask Robin for an account.')
    expect((await browser.script(`${site.origin}/open`)).json()).toEqual({ user: null })
    expect((await browser.navigate(`${site.origin}/logout`)).location).toBe(
      '/.auth/logout?post_logout_redirect_uri=%2F',
    )
  })

  test('is checked again by onRefresh', async ({ openWithUser, browser, clock }) => {
    let isClosed = false
    const site = await openWithUser<{ name: string; checks: number }>('/', {
      onLogin: ({ name = '' }) => ({ name, checks: 0 }),
      onRefresh(user) {
        if (isClosed) throw new AccessDenied({ message: 'Your account was closed.' })
        return { ...user, checks: user.checks + 1 }
      },
    })
    expect((await browser.navigate(`${site.origin}/`)).json()).toMatchObject({
      user: { checks: 0 },
    })

    clock.advance(3601)
    for (const _ of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop -- The requests of one user.
      expect((await browser.navigate(`${site.origin}/`)).json()).toMatchObject({
        user: { checks: 1 },
      })
    }
    isClosed = true
    clock.advance(3601)

    expect((await browser.navigate(`${site.origin}/`)).text).toContain('Your account was closed.')
  })

  test('cannot be changed, revoked or listed here', async ({
    openPlatformSite,
    provider,
    browser,
  }) => {
    const site = await openPlatformSite()
    const failures: unknown[] = []
    site.app.get(
      '/change',
      site.auth.loginRequired(async (req, res, { user }) => {
        failures.push(await site.auth.updateUser(req, user).catch((error: unknown) => error))
        failures.push(
          await site.auth.revokeSessions({ sub: user.sub }).catch((error: unknown) => error),
        )
        failures.push(
          await site.auth.listSessions({ sub: user.sub }).catch((error: unknown) => error),
        )
        res.end()
      }),
    )
    await signInAtPlatform(site, provider, browser, { path: '/change' })

    await browser.navigate(`${site.origin}/change`)

    expect(failures).toMatchObject([
      { code: 'configuration', message: expect.stringContaining('easyAuth() keeps the sessions') },
      { code: 'configuration', message: expect.stringContaining('that easyAuth() keeps') },
      { code: 'configuration', message: expect.stringContaining('does not list them') },
    ])
  })
})
