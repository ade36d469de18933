import type { Request } from 'express'
import { Auth, IdentityError, loginRequired } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { signIn } from '../support/site.ts'

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
    provider,
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
    const browser = await signIn(site, provider, { path: '/handler' })

    for (const path of ['/handler', '/standalone', '/middleware']) {
      expect([path, (await browser.navigate(site.origin + path)).json()]).toEqual([path, true])
    }
  })

  test('has the token of the last guard', async ({ openSite, provider }) => {
    const site = await openSite()
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
    const browser = await signIn(site, provider, { path: '/scoped' })

    expect((await browser.navigate(`${site.origin}/inbox/token`)).json()).toBe('string')
    expect((await browser.navigate(`${site.origin}/inbox/none`)).json()).toBe('undefined')
  })

  test('does not return the context of another Auth, nor of another request', async ({
    openSite,
    provider,
  }) => {
    const site = await openSite()
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
    const browser = await signIn(site, provider, { path: '/guarded' })
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
