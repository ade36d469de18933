import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { sendToCallback, signIn } from '../../support/site.ts'
import type { Bench } from './bench.ts'

export function tokens({ test }: Bench): void {
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

  test('the application gets an app-only token', ({ on }) =>
    on({}, async ({ origin }) => {
      const answer = await new Browser().navigate(`${origin}/app-token`)

      expect(answer.json()).toMatchObject({ tokenType: 'Bearer', expiresInSeconds: 3600 })
    }))
}
