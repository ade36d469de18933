import type { Request } from 'express'
import { Auth, IdentityError, loginRequired } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'

function messageOf(act: () => unknown): string {
  try {
    act()
    return 'no error'
  } catch (error) {
    return IdentityError.is(error) && error.code === 'configuration'
      ? error.message
      : 'another error'
  }
}

describe('contextOf', () => {
  test('returns the very context of the guard, in every form of the guard', async ({
    openSite,
  }) => {
    const site = await openSite({ onLogin: () => ({ id: 7 }) as never })
    const isStored = (req: Request, context: unknown): boolean =>
      site.auth.contextOf(req) === context
    site.app.get(
      '/handler',
      site.auth.loginRequired((req, res, context) => void res.json(isStored(req, context))),
    )
    site.app.get(
      '/standalone',
      loginRequired((req, res, context) => void res.json(isStored(req, context))),
    )
    site.app.get('/middleware', site.auth.loginRequired(), (req, res) => {
      res.json(isStored(req, req.identity))
    })
    const browser = await site.signIn({ path: '/handler' })

    for (const path of ['/handler', '/standalone', '/middleware']) {
      expect([path, (await browser.navigate(site.origin + path)).json()]).toEqual([path, true])
    }
  })

  test('has the token of the last guard', async ({ site }) => {
    const scopes = ['User.Read']
    site.app.get(
      '/scoped',
      site.auth.loginRequired({ scopes }, (_req, res) => void res.end()),
    )
    site.app.use('/inbox', site.auth.loginRequired())
    site.app.get('/inbox/token', site.auth.loginRequired({ scopes }), (req, res) => {
      res.json(typeof site.auth.contextOf(req).accessToken)
    })
    site.app.get('/inbox/none', (req, res) => {
      res.json(typeof site.auth.contextOf(req).accessToken)
    })
    const browser = await site.signIn({ path: '/scoped' })

    expect((await browser.navigate(`${site.origin}/inbox/token`)).json()).toBe('string')
    expect((await browser.navigate(`${site.origin}/inbox/none`)).json()).toBe('undefined')
  })

  test('has the roles of the ID token, with and without a token of an API', async ({ site }) => {
    for (const [path, scopes] of [
      ['/plain', undefined],
      ['/scoped', ['User.Read']],
    ] as const) {
      site.app.get(
        path,
        site.auth.loginRequired({ ...(scopes && { scopes }) }, (_req, res, { roles }) => {
          res.json(roles)
        }),
      )
    }
    const withRoles = await site.signIn({ path: '/scoped', as: 'robin' })
    const without = await site.signIn({ path: '/scoped', as: 'alex' })

    for (const path of ['/plain', '/scoped']) {
      const url = site.origin + path
      expect((await withRoles.navigate(url)).json()).toEqual(['Todos.Approver', 'Todos.Reader'])
      expect((await without.navigate(url)).json()).toEqual([])
    }
  })

  test('has a fetch that names the remedy, if the route has no scopes', async ({ site }) => {
    site.app.get(
      '/plain',
      site.auth.loginRequired(async (req, res, context) => {
        const of = site.auth.contextOf(req)
        const error: unknown = await of.fetch('/me').catch((thrown: unknown) => thrown)
        res.json({
          code: IdentityError.is(error) && error.code,
          message: (error as Error).message,
          scopes: of.scopes === undefined,
          copy: Object.keys({ ...context }),
        })
      }),
    )
    site.app.get(
      '/scoped',
      site.auth.loginRequired({ scopes: ['User.Read'] }, (req, res, context) => {
        const copy = { ...context }
        res.json({ scopes: site.auth.contextOf(req).scopes, copy: typeof copy.fetch })
      }),
    )
    const browser = await site.signIn({ path: '/scoped' })

    expect((await browser.navigate(`${site.origin}/plain`)).json()).toEqual({
      code: 'configuration',
      message: expect.stringContaining("loginRequired({ scopes: ['User.Read'] })"),
      scopes: true,
      copy: ['kind', 'user', 'claims', 'roles', 'api', 'userInfo', 'fetch'],
    })
    expect((await browser.navigate(`${site.origin}/scoped`)).json()).toEqual({
      scopes: expect.arrayContaining(['User.Read']),
      copy: 'function',
    })
  })

  test('does not return the context of another Auth, nor of another request', async ({ site }) => {
    const other = new Auth({ logger: {} })
    let earlier: Request | undefined
    site.app.get(
      '/guarded',
      site.auth.loginRequired((req, res) => {
        earlier = req
        res.json({
          other: messageOf(() => other.contextOf(req)),
        })
      }),
    )
    site.app.get('/unguarded', (req, res) => {
      res.json({
        open: messageOf(() => site.auth.contextOf(req)),
        identity: req.identity ?? 'nobody',
        isEarlier: req === earlier,
      })
    })
    const browser = await site.signIn({ path: '/guarded' })
    const guarded = await browser.navigate(`${site.origin}/guarded`)
    const open = await browser.navigate(`${site.origin}/unguarded`)

    expect(guarded.json()).toMatchObject({
      other: expect.stringMatching(/auth\.contextOf\(\).*auth\.loginRequired\(handler\)/) as string,
    })
    expect(open.json()).toEqual({
      open: expect.stringMatching(/await auth\.getContext\(\)/) as string,
      identity: 'nobody',
      isEarlier: false,
    })
  })
})
