import type { AuthOptions } from 'identity-web/express'
import { describe, expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { SESSION_SECRET, startSignIn, signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

/** Returns the cookies of a browser as `name=value`, with changed names. */
function pairsOf(browser: Browser, rename = (name: string): string => name): string[] {
  return [...browser.cookies].map(([name, { value }]) => `${rename(name)}=${value}`)
}

/** The cookies that a sibling subdomain can set for the whole domain. A value may contain spaces. */
const hidden = (pairs: readonly string[]): string[] => pairs.map((pair) => `x=y ${pair}`)

export function cookies({ test, behaves }: Bench): void {
  describe('a cookie in the value of another cookie', () => {
    test('does not sign in, and does not replace the session of the user', ({ on, provider }) =>
      on({}, async ({ origin }) => {
        const own = pairsOf(await signIn({ origin }, provider, { path: '/call' }))
        const attacker = hidden(pairsOf(await signIn({ origin }, provider, { as: 'robin' })))
        const junk = hidden(['identity=1.AAAA', 'identity-tokens=1.AAAA', 'identity.1=AAAA'])
        const read = async (path: string, pairs: readonly string[]): Promise<unknown> => {
          const headers = { cookie: pairs.join('; ') }
          return (await new Browser().navigate(origin + path, { headers })).json()
        }

        expect(await read('/user', attacker)).toBeNull()
        for (const planted of [attacker, junk]) {
          expect(await read('/user', [...planted, ...own])).toMatchObject({ name: 'Alex Rivera' })
          expect(await read('/token', [...planted, ...own])).toMatchObject({
            scopes: ['User.Read'],
          })
        }
      }))

    behaves('is not a part of a long session', ['functions'], ({ on, provider }) => {
      const onLogin = (() => ({ notes: 'x'.repeat(2500) })) as unknown as AuthOptions['onLogin']
      return on({ auth: { onLogin } }, async ({ origin }) => {
        const own = pairsOf(await signIn({ origin }, provider))
        const headers = { cookie: [...hidden(['identity.1=AAAA']), ...own].join('; ') }

        const answer = await new Browser().navigate(`${origin}/user`, { headers })

        expect(own.some((pair) => pair.startsWith('identity.1='))).toBe(true)
        expect(answer.json()).toMatchObject({ notes: expect.any(String) as string })
      })
    })

    test('does not bind the sign-in of another browser', ({ on, provider }) =>
      on({}, async ({ origin }) => {
        const attacker = new Browser()
        const { url } = await startSignIn({ origin }, provider, attacker)
        const headers = { cookie: hidden(pairsOf(attacker)).join('; ') }

        const answer = await new Browser().navigate(url.href, { headers })

        expect(answer.location).toContain(`${provider.authority()}/oauth2/v2.0/authorize`)
        expect(answer.setCookies.filter((cookie) => cookie.startsWith('identity='))).toEqual([])
      }))
  })

  test('on https, the cookie of a sign-in can be set by its own host only', ({ on, provider }) =>
    on({ auth: { redirectUri: 'https://localhost/auth/redirect' } }, async ({ origin }) => {
      const attacker = new Browser()
      const { url } = await startSignIn({ origin }, provider, attacker)
      const callback = `${origin}/auth/redirect${url.search}`
      const open = (pairs: readonly string[]): ReturnType<Browser['navigate']> =>
        new Browser().navigate(callback, { headers: { cookie: pairs.join('; ') } })

      // Browsers accept a cookie of a sibling subdomain with every other name.
      const planted = await open(pairsOf(attacker, (name) => name.replace(/^__Host-/, '__Secure-')))
      const own = await open(pairsOf(attacker))

      const name = [...attacker.cookies.keys()].find((one) => one.includes('-flow-')) ?? ''
      expect(name).toMatch(/^__Host-identity-flow-/)
      expect(attacker.cookies.get(name)).toMatchObject({ path: '/', secure: true })
      expect(planted.location).toContain('/oauth2/v2.0/authorize')
      expect(planted.setCookies.join()).not.toContain('__Host-identity=')
      expect(own.location).toBe('/')
      expect(own.setCookies.join()).toContain('__Host-identity=')
    }))

  test('the cookie of a session reaches the browser with all of its attributes', ({
    on,
    provider,
  }) => {
    const cookie = { name: 'identity', sameSite: 'none', domain: 'localhost' } as const
    const redirectUri = 'https://localhost/auth/redirect'
    const auth = { redirectUri, session: { secret: SESSION_SECRET, cookie } }
    return on({ auth }, async ({ origin }) => {
      const browser = new Browser()
      const { url } = await startSignIn({ origin }, provider, browser)
      const headers = { cookie: pairsOf(browser).join('; ') }

      const answer = await new Browser().navigate(`${origin}/auth/redirect${url.search}`, {
        headers,
      })

      const sent = answer.setCookies.find((each) => each.startsWith('__Secure-identity=')) ?? ''
      expect(sent.toLowerCase().split('; ').slice(1)).toEqual(
        expect.arrayContaining([
          'path=/',
          expect.stringMatching(/^max-age=\d+$/) as string,
          'httponly',
          'samesite=none',
          'domain=localhost',
          'secure',
        ]),
      )
    })
  })

  test('a new sign-in deletes the oldest ones of too many', ({ on }) =>
    on({}, async ({ origin }) => {
      const flows = Array.from(
        { length: 52 },
        (_, at) => `identity-flow-00000${10 + at}abcdef=${'v'.repeat(16)}`,
      )
      const headers = { cookie: flows.toReversed().join('; ') }

      const answer = await new Browser().navigate(`${origin}/`, { headers })

      const changed = answer.setCookies.filter((cookie) => cookie.startsWith('identity-flow-'))
      const deleted = changed.filter((cookie) => /; max-age=0(;|$)/i.test(cookie))
      expect(changed).toHaveLength(4)
      expect(deleted.map((cookie) => cookie.slice(0, 27))).toEqual(
        [10, 11, 12].map((at) => `identity-flow-00000${at}abcdef`),
      )
    }))

  test('a script and a prefetch do not start a sign-in at the callback or by login()', ({
    on,
    provider,
  }) =>
    on({}, async ({ origin }) => {
      const { url } = await startSignIn({ origin }, provider, new Browser())

      for (const page of [url.href, `${origin}/switch`]) {
        const script = await new Browser().script(page)
        const prefetch = await new Browser().navigate(page, {
          headers: { 'sec-purpose': 'prefetch' },
        })
        for (const answer of [script, prefetch]) {
          expect([answer.status, answer.json()]).toMatchObject([401, { error: 'login_required' }])
          expect(answer.setCookies.join()).not.toMatch(/flow-\w+=[\w-]+;/)
        }
      }
    }))
}
