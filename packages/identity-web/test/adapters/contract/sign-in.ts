import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { startSignIn, sendToCallback } from '../../support/site.ts'
import { sendRaw } from '../../support/raw.ts'
import type { Bench, Feature, Wanted } from './bench.ts'

export function signIn({ test, behaves }: Bench): void {
  const formPost = { auth: { responseMode: 'form_post' } } as const
  const variants: [string, Wanted, Feature[]][] = [
    ['at the root', {}, []],
    ['mounted under a prefix', { prefixes: ['/sub/app'] }, []],
    ['given the application later', { deferred: true }, ['deferred']],
    ['with routes of its own', { ownRoutes: true }, []],
    ['with a body parser in front', { parsesBodies: true }, ['parsesBodies']],
    ['by form post', formPost, []],
    ['by form post with routes of its own', { ...formPost, ownRoutes: true }, []],
    [
      'by form post with a body parser in front',
      { ...formPost, parsesBodies: true },
      ['parsesBodies'],
    ],
  ]
  for (const [how, wanted, needs] of variants) {
    behaves(`a sign-in comes back to the page that was wanted, ${how}`, needs, ({ on, provider }) =>
      on(wanted, async (site) => {
        const byForm = wanted.auth === formPost.auth
        const browser = new Browser()
        const back = await startSignIn(site, provider, browser, { path: '/?a=1&a=2' })

        const answer = await sendToCallback(browser, back)

        expect(answer.status).toBe(byForm ? 303 : 302)
        expect(answer.location).toBe(`${wanted.prefixes?.[0] ?? ''}/?a=1&a=2`)
        expect(back.form !== undefined).toBe(byForm)
        const page = await browser.navigate(`${site.origin}/`)
        expect(page.json()).toMatchObject({
          user: { name: 'Alex Rivera' },
          claims: { ver: '2.0' },
        })
      }),
    )
  }

  test('a visitor is sent to the provider, and the answer is for no cache', ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const answer = await new Browser().navigate(`${origin}/`)

      expect(answer.status).toBe(302)
      expect(answer.location).toContain(`${provider.authority()}/oauth2/v2.0/authorize`)
      expect(answer.headers['cache-control']).toBe('private, no-store')
      expect(
        answer.setCookies.filter((cookie) => cookie.startsWith('identity-flow-')),
      ).toHaveLength(1)
    }))

  test('both cookies of a session are headers of their own', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = new Browser()

      const answer = await sendToCallback(browser, await startSignIn(site, provider, browser))

      const names = answer.setCookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')))
      expect(names).toEqual(expect.arrayContaining(['identity', 'identity-tokens']))
    }))

  test('the application begins a sign-in by itself', ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const browser = new Browser()

      const away = await browser.navigate(`${origin}/switch`)
      const back = await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))

      expect(new URL(away.location ?? '').searchParams.get('prompt')).toBe('select_account')
      expect(back.location).toBe('/user')
    }))

  const thirdParty: [string, Wanted, Feature[]][] = [
    ['at the root', {}, []],
    ['with a body parser in front', { parsesBodies: true }, ['parsesBodies']],
  ]
  for (const [how, wanted, needs] of thirdParty) {
    behaves(`another site starts a sign-in by POST, ${how}`, needs, ({ on, provider }) =>
      on(wanted, async (site) => {
        const browser = new Browser()
        const metadata = await fetch(
          `${provider.authority()}/v2.0/.well-known/openid-configuration`,
        )
        const { issuer: iss } = (await metadata.json()) as { issuer: string }
        const target = { iss, target_link_uri: `${site.origin}/user` }

        const away = await browser.postCrossSite(`${site.origin}/auth/login`, target)
        const back = await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))
        const evil = await browser.postCrossSite(`${site.origin}/auth/login`, {
          iss: 'https://evil',
        })

        expect(away.status).toBe(303)
        expect(back.location).toBe('/user')
        expect(evil.status).toBe(400)
      }),
    )
  }

  test('the host that a client names changes no address', ({ on }) =>
    on({}, async ({ origin }) => {
      const answer = await sendRaw(origin, [
        'GET / HTTP/1.1',
        'Host: evil.example',
        'X-Forwarded-Host: evil.example',
        'Accept: text/html',
      ])

      expect(answer.status).toBe(302)
      expect(answer.head).not.toContain('evil.example')
      const redirectUri = new URL(answer.location ?? '').searchParams.get('redirect_uri')
      expect(redirectUri).toBe(`${origin}/auth/redirect`)
    }))

  test('paths that are not ours are left to the host', ({ on }) =>
    on({}, async ({ origin }) => {
      expect((await new Browser().navigate(`${origin}/auth/elsewhere`)).status).toBe(404)
      const deletion = await new Browser().navigate(`${origin}/auth/redirect`, { method: 'DELETE' })
      expect([404, 405]).toContain(deletion.status)
    }))

  test('a body too large for an authorization response is refused', ({ on }) =>
    on({}, async ({ origin }) => {
      const answer = await new Browser().navigate(`${origin}/auth/redirect`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `state=${'x'.repeat(200_000)}`,
      })

      expect(answer.status).toBe(413)
    }))

  test('a prefetch of the callback leaves the sign-in to the user', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = new Browser()
      const back = await startSignIn(site, provider, browser)

      const early = await browser.navigate(back.url.href, { headers: { purpose: 'prefetch' } })
      const answer = await sendToCallback(browser, back)

      expect([early.status, early.setCookies.filter((c) => c.startsWith('identity'))]).toEqual([
        503,
        [],
      ])
      expect(answer.location).toBe('/')
    }))

  test.for(['never_heard_of', '<img src=x onerror="alert(1)">', ''])(
    'an authorization response with the unknown error "%s" is a mistake of the browser',
    (error, { on, provider }) =>
      on({}, async (site) => {
        const browser = new Browser()
        const back = await startSignIn(site, provider, browser)
        back.url.searchParams.delete('code')
        back.url.searchParams.set('error', error)

        const answer = await sendToCallback(browser, back)

        expect(answer.status).toBe(400)
        expect(answer.text).not.toContain('<img')
      }),
  )

  test('two Auth objects under two prefixes have separate users', ({ on, provider }) =>
    on(
      {
        prefixes: ['/one', '/two'],
        auth: (prefix) => ({
          session: {
            secret: 'a secret of the tests that seals two sessions',
            cookie: { name: prefix.slice(1) },
          },
        }),
      },
      async ({ at }) => {
        const browser = new Browser()
        const sign = async (prefix: string, as: string): Promise<unknown> => {
          const site = { origin: at(prefix) }
          return sendToCallback(browser, await startSignIn(site, provider, browser, { as }))
        }
        const nameAt = async (prefix: string): Promise<unknown> =>
          (await browser.navigate(`${at(prefix)}/user`)).json()

        await sign('/one', 'alex')
        expect(await nameAt('/two')).toBeNull()
        await sign('/two', 'robin')
        expect(await nameAt('/one')).toMatchObject({ oid: provider.user('alex').oid })
        expect(await nameAt('/two')).toMatchObject({ oid: provider.user('robin').oid })
        await browser.navigate(`${at('/one')}/auth/logout`, { method: 'POST' })
        expect(await nameAt('/one')).toBeNull()
        expect(await nameAt('/two')).toMatchObject({ oid: provider.user('robin').oid })
      },
    ))
}
