import { memoryStore } from 'identity-web'
import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { SESSION_SECRET, sendToCallback, signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

const FAILS_LATER = {
  within: 'a token',
  later: expect.stringContaining('The response to this request has been sent') as string,
}

export function tokens({ test, behaves }: Bench): void {
  test('a route with scopes asks for consent on the way and calls the API with a token', ({
    on,
    provider,
  }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const stepUp = await browser.navigate(`${site.origin}/call`)
      const back = await sendToCallback(browser, await provider.signIn(stepUp.location ?? '', {}))
      const answer = await browser.navigate(`${site.origin}/call`)

      expect(new URL(stepUp.location ?? '').searchParams.get('login_hint')).toBeTruthy()
      expect(back.location).toBe('/call')
      expect(answer.json()).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
    }))

  test('a script that needs consent is told where to get it', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const answer = await browser.script(`${site.origin}/call`)
      const { error, loginUrl } = answer.json() as { error: string; loginUrl: string }
      const away = await browser.navigate(loginUrl)

      expect(error).toBe('interaction_required')
      expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('User.Read')
    }))

  test('a token for the user is there after consent, and asked for by an error before', ({
    on,
    provider,
  }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      expect((await new Browser().navigate(`${site.origin}/token`)).json()).toEqual({
        code: 'login_required',
      })
      expect((await browser.navigate(`${site.origin}/token`)).json()).toEqual({
        code: 'interaction_required',
      })
      await signIn(site, provider, { path: '/call' }, browser)
      expect((await browser.navigate(`${site.origin}/token`)).json()).toMatchObject({
        tokenType: 'Bearer',
        scopes: ['User.Read'],
      })
    }))

  test('a handler that finds out that its user is needed becomes a step-up', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const script = await browser.script(`${site.origin}/mail-token`)
      const away = await browser.navigate(`${site.origin}/mail-token?a=1`)
      const back = await sendToCallback(browser, await provider.signIn(away.location ?? '', {}))

      expect(script.status).toBe(401)
      expect(script.json()).toMatchObject({ error: 'interaction_required' })
      expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
      expect(back.location).toBe('/mail-token?a=1')
      expect((await browser.navigate(`${site.origin}/mail-token`)).json()).toMatchObject({
        scopes: ['Mail.Read'],
      })
    }))

  test.for(['cause', 'message'])(
    'an error of an SDK that keeps only the %s of the error of the credential becomes a step-up',
    (wrapper, { on, provider }) =>
      on({}, async (site) => {
        const browser = await signIn(site, provider)

        const script = await browser.script(`${site.origin}/sdk/${wrapper}`)
        const away = await browser.navigate(`${site.origin}/sdk/${wrapper}`)

        expect(script.json()).toMatchObject({ error: 'interaction_required' })
        expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
      }),
  )

  test.for(['responds', 'throws'])(
    'a credential that the application keeps fails after a handler that %s',
    (end, { on, provider }) =>
      on({ auth: { scopes: 'User.Read' } }, async ({ origin }) => {
        const browser = await signIn({ origin }, provider)

        await browser.navigate(`${origin}/keep?end=${end}`)
        const answer = await new Browser().navigate(`${origin}/kept`)

        expect(answer.json()).toEqual(FAILS_LATER)
      }),
  )

  const hangUp = 'a credential that the application keeps fails after the client hung up'
  behaves(hangUp, ['disconnects'], ({ on, provider }) =>
    on({ auth: { scopes: 'User.Read' } }, async ({ origin }) => {
      const browser = await signIn({ origin }, provider)
      const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
      const client = new AbortController()
      const read = async (): Promise<unknown> =>
        (await new Browser().navigate(`${origin}/kept`)).json()

      const hanging = fetch(`${origin}/keep?end=hangs`, {
        headers: { cookie },
        signal: client.signal,
      })
      await expect.poll(read).toEqual({ within: 'a token', later: 'a token' })
      client.abort()

      await expect(hanging).rejects.toThrow('aborted')
      await expect.poll(read).toEqual(FAILS_LATER)
    }),
  )

  const late = 'after the response started, a token is used while it is valid, and not refreshed'
  behaves(late, ['startOfResponse'], ({ on, provider, clock }) =>
    on({ auth: { scopes: 'User.Read' } }, async ({ origin }) => {
      // The provider ends the session at the second use of a refresh token.
      provider.behave({ reuseDetection: true, consent: 'skip' })
      const browser = await signIn({ origin }, provider)
      const read = async (path: string): Promise<unknown> =>
        (await browser.navigate(`${origin}${path}`)).json()
      const refreshes = (): number =>
        provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length

      // The token is due for a refresh, which an open response could store.
      clock.advance(3400)
      expect(await read('/late-token')).toMatchObject({ late: { scopes: ['User.Read'] } })
      expect(refreshes()).toBe(0)

      clock.advance(400)
      const expired = await browser.navigate(`${origin}/late-token`)
      // Some frameworks have a hook that refreshes the session before each response.
      const hasHook = expired.setCookies.some((cookie) => cookie.startsWith('identity='))
      expect(expired.json()).toMatchObject({
        late: hasHook ? { scopes: ['User.Read'] } : { code: 'refresh_required' },
      })
      expect(refreshes()).toBe(hasHook ? 1 : 0)

      expect(await read('/token')).toMatchObject({ scopes: ['User.Read'] })
      expect(await read('/late-token')).toMatchObject({ late: { scopes: ['User.Read'] } })
      expect(refreshes()).toBe(1)
    }),
  )

  behaves(
    'after the response started, a store keeps a refresh',
    ['startOfResponse', 'functions'],
    ({ on, provider, clock }) =>
      on(
        {
          auth: { scopes: 'User.Read', session: { secret: SESSION_SECRET, store: memoryStore() } },
        },
        async ({ origin }) => {
          provider.behave({ reuseDetection: true, consent: 'skip' })
          const browser = await signIn({ origin }, provider)
          for (let hours = 0; hours < 2; hours++) {
            clock.advance(3800)
            const answer = await browser.navigate(`${origin}/late-token`)
            expect(answer.json()).toMatchObject({ late: { scopes: ['User.Read'] } })
          }
        },
      ),
  )

  test('the application gets an app-only token', ({ on }) =>
    on({}, async ({ origin }) => {
      const answer = await new Browser().navigate(`${origin}/app-token`)

      expect(answer.json()).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 3600 })
    }))
}
