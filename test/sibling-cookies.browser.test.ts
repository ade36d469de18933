import express from 'express'
import type { SignInResult } from 'identity-web-dev'
import { Auth } from 'identity-web/express'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { SESSION_SECRET } from '../packages/identity-web/test/support/site.ts'
import { test as base } from './support/https-fixtures.ts'
import { hasChromium } from './chromium.ts'

/** An application on https, and a sibling subdomain that an attacker controls. */
interface Domain {
  /** The origin of the application. */
  readonly own: string
  /** The `Cookie` headers that the application received. */
  readonly received: string[]
  /** Returns a URL of the sibling subdomain that sets cookies. */
  plantUrl(cookies: readonly string[]): string
}

const test = base
  .extend('responseMode', (): 'query' | 'form_post' => 'query')
  .extend('domain', async ({ openHttps, provider, responseMode }): Promise<Domain> => {
    const app = express()
    const own = `https://app.localhost:${await openHttps(app)}`
    provider.register({ redirectUris: [`${own}/redirect`] })
    const received: string[] = []
    app.use((req, _res, next) => {
      received.push(req.headers.cookie ?? '')
      next()
    })
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${own}/redirect`,
      responseMode,
      session: { secret: SESSION_SECRET },
      logger: false,
    })
    app.get(
      '/',
      auth.loginRequired((_req, res, { user }) => void res.send(`Hello, ${user.name ?? ''}`)),
    )
    app.get('/user', async (req, res) => {
      res.send(`User: ${(await auth.getUser(req))?.name ?? 'nobody'}`)
    })
    const attack = express().get('/plant', ({ query }, res) => {
      res.set('set-cookie', [query['cookie'] ?? []].flat().map(String)).send('planted')
    })
    const sibling = `https://blog.app.localhost:${await openHttps(attack)}`
    const plantUrl = (cookies: readonly string[]): string =>
      `${sibling}/plant?${new URLSearchParams(cookies.map((cookie) => ['cookie', cookie])).toString()}`
    return { own, received, plantUrl }
  })
  /** Opens a page of another browser. */
  .extend('openBrowser', ({ openPage }) => async (): Promise<Page> => {
    const page = await openPage({ ignoreHTTPSErrors: true })
    page.setDefaultTimeout(5000)
    return page
  })
  .extend('victim', ({ openBrowser }) => openBrowser())
  .extend('attacker', ({ openBrowser }) => openBrowser())

const signIn = async (page: Page, { own }: Domain, name: RegExp): Promise<void> => {
  await page.goto(own)
  await page.getByRole('button', { name }).click()
  await page.waitForURL(`${own}/`)
}

/** Returns the cookies of a browser at the application as `name=value`. */
const pairsOf = async (page: Page, { own }: Domain): Promise<string[]> =>
  (await page.context().cookies(own)).map(({ name, value }) => `${name}=${value}`)

const FOR_DOMAIN = 'Domain=app.localhost; Secure'

const userOf = async (page: Page, { own }: Domain): Promise<string> => {
  await page.goto(`${own}/user`)
  return page.locator('body').innerText()
}

// Which cookies a sibling subdomain can set, and what the browser then sends, are rules of the browser.
describe.skipIf(!hasChromium)('the cookies of a sibling subdomain in a real browser', () => {
  test('do not sign the victim in as the attacker', async ({ domain, attacker, victim }) => {
    await signIn(attacker, domain, /Robin/)
    const session = await pairsOf(attacker, domain)
    expect(session.join()).toContain('__Host-identity-')
    const planted = [
      ...session.map((pair, at) => `x${at}=y ${pair}; Path=/; ${FOR_DOMAIN}`),
      ...session.map((pair) => `${pair}; Path=/; ${FOR_DOMAIN}`),
    ]

    await victim.goto(domain.plantUrl(planted))

    expect(await userOf(victim, domain)).toBe('User: nobody')
    // The browser did send the session of the attacker.
    expect(domain.received).toContainEqual(
      expect.stringContaining(`x0=y ${session[0] ?? ''}`) as string,
    )
  })

  test('do not sign the victim out', async ({ domain, victim }) => {
    await signIn(victim, domain, /Alex/)
    const names = (await pairsOf(victim, domain)).map((pair) => pair.split('=', 1)[0] ?? '')

    await victim.goto(
      domain.plantUrl(
        names.map((name, at) => `x${at}=y ${name}=1.AAAA; Path=/user; ${FOR_DOMAIN}`),
      ),
    )

    expect(await userOf(victim, domain)).toBe('User: Alex Rivera')
    // Cookies with a longer path come first.
    expect(domain.received).toContainEqual(
      expect.stringMatching(/^x0=y __Host-identity-/) as string,
    )
  })

  test('do not prevent a sign-in', async ({ domain, victim }) => {
    const junk = Array.from(
      { length: 60 },
      (_, at) => `x${at}=y __Host-identity-flow-zzzzzzz${at}; Path=/; ${FOR_DOMAIN}`,
    )
    await victim.goto(domain.plantUrl(junk))

    await signIn(victim, domain, /Alex/)

    expect(await userOf(victim, domain)).toBe('User: Alex Rivera')
    const flows = (await pairsOf(victim, domain)).filter((pair) => pair.startsWith('__Host-'))
    expect(flows.filter((pair) => pair.includes('-flow-'))).toEqual([])
  })

  describe.each(['query', 'form_post'] as const)('by %s', (responseMode) => {
    test.override('responseMode', responseMode)

    test('do not finish the sign-in of the attacker', async ({
      domain,
      provider,
      attacker,
      victim,
    }) => {
      await attacker.goto(domain.own)
      const response = await provider.signIn(attacker.url(), { as: 'robin' })
      const flows = (await pairsOf(attacker, domain)).filter((pair) => pair.includes('-flow-'))
      expect(flows).toHaveLength(1)
      // Every name and path that a sibling subdomain could try.
      const names = flows.flatMap((pair) => [
        pair,
        pair.replace(/^__Host-/, '__Secure-'),
        pair.replace(/^__Host-/, '__HOST-'),
        pair.replace(/^__(Host|Secure)-/, ''),
        `x=y ${pair}`,
        `=${pair}`,
      ])
      const planted = names.flatMap((pair) =>
        ['/', '/redirect'].map((path) => `${pair}; Path=${path}; ${FOR_DOMAIN}; SameSite=None`),
      )
      await victim.goto(domain.plantUrl(planted))

      await follow(victim, response)

      expect(domain.received.at(-1)).toContain(flows[0])
      expect(victim.url()).toContain('/oauth2/v2.0/authorize')
      expect(await userOf(victim, domain)).toBe('User: nobody')
    })
  })
})

/** Sends an authorization response to the callback from the page of the attacker. */
async function follow(page: Page, { url, form }: SignInResult): Promise<void> {
  if (form === undefined) {
    await page.goto(url.href)
    return
  }
  const left = page.waitForURL((current) => current.pathname !== '/plant')
  await page.evaluate(
    ([action, fields]) => {
      const element = Object.assign(document.createElement('form'), { action, method: 'post' })
      for (const [name, value] of Object.entries(fields)) {
        element.append(Object.assign(document.createElement('input'), { name, value }))
      }
      document.body.append(element)
      element.submit()
    },
    [url.href, form] as const,
  )
  await left
}
