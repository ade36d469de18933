import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { sendToCallback, signIn } from '../../support/site.ts'
import type { Bench, Feature } from './bench.ts'

export function guard({ test, behaves }: Bench): void {
  const forms: [string, string, Feature[]][] = [
    ['the wrapper', '/', []],
    ['the middleware', '/middleware', ['middleware']],
    ['the stand-alone loginRequired', '/standalone', ['standalone']],
  ]
  for (const [form, path, needs] of forms) {
    behaves(`${form} hands the context on, and keeps others out`, needs, ({ on, provider }) =>
      on({}, async (site) => {
        const stranger = await new Browser().navigate(site.origin + path)
        const browser = await signIn(site, provider, { path })
        const answer = await browser.navigate(site.origin + path)

        expect(stranger.status).toBe(302)
        expect(answer.json()).toMatchObject({
          kind: 'session',
          user: { preferred_username: 'alex@contoso.onmicrosoft.com' },
        })
        expect(answer.headers['cache-control']).toBe('private, no-store')
      }),
    )
  }

  test('getContext returns the whole context without a guard', ({ on, provider }) =>
    on({}, async (site) => {
      const stranger = await new Browser().navigate(`${site.origin}/whole`)
      const browser = await signIn(site, provider)
      const answer = await browser.navigate(`${site.origin}/whole`)

      expect(stranger.json()).toBeNull()
      expect(answer.json()).toEqual((await browser.navigate(`${site.origin}/`)).json())
      expect(answer.headers['cache-control']).toBe('private, no-store')
    }))

  test('contextOf returns the context that a guard of the same object stored, and throws otherwise', ({
    on,
    provider,
  }) =>
    on({}, async (site) => {
      const url = `${site.origin}/context-of`
      const browser = await signIn(site, provider, { as: 'robin' })
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const headers = { authorization: `Bearer ${token}` }

      const session = await browser.script(url)
      const bearer = await browser.script(url, { headers })
      const open = await browser.script(`${url}/open`, { headers })

      expect(session.json()).toEqual({ auth: 'session', api: 'configuration' })
      expect(bearer.json()).toEqual({ auth: 'configuration', api: 'bearer' })
      expect(open.json()).toEqual({ auth: 'configuration', api: 'configuration' })
    }))

  test('a signed-in user without the role is rejected, and one with it is allowed', ({
    on,
    provider,
  }) =>
    on({}, async ({ origin }) => {
      const url = `${origin}/approvers`
      const alex = await signIn({ origin }, provider, { as: 'alex' })
      const robin = await signIn({ origin }, provider, { as: 'robin' })

      const page = await alex.navigate(url)
      const script = await alex.script(url)

      expect([page.status, page.location]).toEqual([403, undefined])
      expect(page.text).toContain('You do not have access')
      expect(page.headers['cache-control']).toBe('private, no-store')
      expect([script.status, script.json()]).toEqual([403, { error: 'access_denied' }])
      expect((await new Browser().navigate(url)).status).toBe(302)
      expect([(await robin.navigate(url)).status, (await robin.navigate(url)).text]).toEqual([
        200,
        'in',
      ])
    }))

  test('AccessDenied of a handler becomes a page with its message', ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const alex = await signIn({ origin }, provider, { as: 'alex' })

      const page = await alex.navigate(`${origin}/denied`)
      const script = await alex.script(`${origin}/denied`)

      expect(page.status).toBe(403)
      expect(page.text).toContain('Only for &lt;members&gt;.')
      expect([script.status, script.json()]).toEqual([
        403,
        { error: 'access_denied', message: 'Only for <members>.' },
      ])
    }))

  test.for([
    ['the fetch of a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, 401],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, 302],
    ['an XMLHttpRequest', { 'x-requested-with': 'XMLHttpRequest', accept: 'text/html' }, 401],
    ['a body of JSON', { 'content-type': 'application/json' }, 401],
    ['a wish for JSON', { accept: 'application/json' }, 401],
    ['an old browser', { accept: 'text/html,*/*' }, 302],
    ['a client without wishes', {}, 302],
    [
      'a prefetch',
      { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' },
      401,
    ],
  ] as const)('%s is answered by its kind', ([_kind, headers, status], { on }) =>
    on({}, async ({ origin }) => {
      const answer = await new Browser().send(`${origin}/`, { headers })

      expect(answer.status).toBe(status)
      const flows = answer.setCookies.filter((cookie) => cookie.startsWith('identity'))
      expect(flows).toHaveLength(status === 302 ? 1 : 0)
    }),
  )

  test('a script is answered 401 with the login URL, which leads back to the page that it runs on', ({
    on,
    provider,
  }) =>
    on({}, async ({ origin }) => {
      const browser = new Browser()

      const answer = await browser.script(`${origin}/`, {
        headers: { referer: `${origin}/page?tab=2` },
      })

      expect(answer.status).toBe(401)
      const { error, loginUrl } = answer.json() as { error: string; loginUrl: string }
      expect(error).toBe('login_required')
      expect(loginUrl).toBe(`${origin}/auth/login?return_to=%2Fpage%3Ftab%3D2`)
      const away = await browser.navigate(loginUrl)
      const back = await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))
      expect(back.location).toBe('/page?tab=2')
    }))

  test('a route can choose between 401 and the redirect', ({ on }) =>
    on({}, async ({ origin }) => {
      const browser = new Browser()

      expect((await browser.navigate(`${origin}/script`)).status).toBe(401)
      expect((await browser.script(`${origin}/page`)).status).toBe(302)
    }))

  test('a form post without a session leads back to the page with the form', ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const browser = new Browser()

      const away = await browser.navigate(`${origin}/page`, {
        method: 'POST',
        headers: {
          referer: `${origin}/user`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'a=1',
      })

      expect(away.status).toBe(303)
      const back = await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))
      expect(back.location).toBe('/user')
    }))

  test('HEAD is guarded like GET', ({ on, provider }) =>
    on({}, async (site) => {
      const stranger = await new Browser().navigate(`${site.origin}/`, { method: 'HEAD' })
      const user = await signIn(site, provider)

      expect(stranger.status).toBe(302)
      expect((await user.navigate(`${site.origin}/`, { method: 'HEAD' })).status).toBe(200)
    }))

  test('an unguarded page sees the user, or nobody', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      expect((await browser.navigate(`${site.origin}/user`)).json()).toMatchObject({
        name: 'Alex Rivera',
      })
      expect((await new Browser().navigate(`${site.origin}/user`)).json()).toBeNull()
      expect((await browser.navigate(`${site.origin}/edit-profile`)).json()).toBeNull()
    }))
}
