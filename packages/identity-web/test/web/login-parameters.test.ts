import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { type Site } from '../support/site.ts'

/** Opens the login route with a query, and returns the query of the authorization request. */
async function requestAfter(site: Site, query: string): Promise<URLSearchParams> {
  const { location = '' } = await new Browser().navigate(`${site.origin}/login?${query}`)
  return new URL(location).searchParams
}

const ignoredIn = ({ logs }: Site): string[] =>
  logs.filter((line) => line.includes('parameters with values that are not allowed'))

describe('a link to the login route', () => {
  test.for([
    ['prompt', 'select_account'],
    ['prompt', 'login'],
    ['prompt', 'create'],
    ['prompt', 'consent'],
    ['login_hint', 'ann@contoso.com'],
    ['login_hint', 'Änn Ö'],
    ['domain_hint', 'contoso.com'],
    ['domain_hint', 'organizations'],
  ] as const)('%s=%s reaches the provider', async ([name, value], { site }) => {
    const sent = await requestAfter(site, new URLSearchParams({ [name]: value }).toString())

    expect(sent.get(name)).toBe(value)
    expect(ignoredIn(site)).toEqual([])
  })

  test.for([
    ['prompt=none', 'prompt'],
    ['prompt=login%20none', 'prompt'],
    ['prompt=', 'prompt'],
    ['prompt=SELECT_ACCOUNT', 'prompt'],
    ['prompt=login&prompt=consent', 'prompt'],
    ['login_hint=', 'login_hint'],
    [`login_hint=${'a'.repeat(321)}`, 'login_hint'],
    ['login_hint=a%0d%0ab', 'login_hint'],
    ['login_hint=a%00', 'login_hint'],
    ['domain_hint=evil.example%26x', 'domain_hint'],
    [`domain_hint=${'a'.repeat(256)}`, 'domain_hint'],
  ] as const)('%s is ignored, with one log line', async ([query, name], { site }) => {
    const sent = await requestAfter(site, query)

    expect(sent.has(name)).toBe(false)
    expect(sent.has('state')).toBe(true)
    expect(ignoredIn(site)).toEqual([expect.stringContaining(`They are ignored: ${name}.`)])
    // A log line must not contain values that anyone can choose.
    expect(site.logs.join('\n')).not.toContain('evil.example')
  })

  test('several values cause one log line', async ({ site }) => {
    await requestAfter(site, 'prompt=none&login_hint=&domain_hint=%20')

    expect(ignoredIn(site)).toEqual([expect.stringContaining('prompt, login_hint, domain_hint.')])
  })

  test('other parameters, such as those of a campaign, do not reach the provider or the log', async ({
    site,
  }) => {
    const sent = await requestAfter(site, 'utm_source=x&max_age=1&claims=%7B%7D&scope=y')

    for (const name of ['utm_source', 'max_age']) expect(sent.has(name)).toBe(false)
    expect(sent.get('scope')).not.toContain('y')
    expect(ignoredIn(site)).toEqual([])
  })

  test.for<[AuthOptions['tenants'], boolean]>([
    [['11111111-2222-4333-8444-555555555555'], false],
    ['work', true],
    [undefined, true],
  ])(
    'with tenants %j, domain_hint is allowed: %s',
    async ([tenants, isAllowed], { openSite, provider }) => {
      const site = await openSite({ authority: provider.authority('common'), tenants })
      const sent = await requestAfter(site, 'domain_hint=evil.example')

      expect(sent.has('domain_hint')).toBe(isAllowed)
      expect(ignoredIn(site)).toHaveLength(isAllowed ? 0 : 1)
    },
  )

  test('replaces an option, and works together with return_to', async ({ openSite }) => {
    const site = await openSite({ prompt: 'consent', loginHint: 'ann@contoso.com' })
    const sent = await requestAfter(site, 'prompt=select_account&return_to=%2Fother')
    const browser = await site.signIn({ path: '/login?prompt=login&return_to=%2Fother' })

    expect(sent.get('prompt')).toBe('select_account')
    expect(sent.has('login_hint')).toBe(false)
    expect((await browser.navigate(`${site.origin}/other`)).status).toBe(200)
  })

  test('a script gets a login URL that keeps the parameters', async ({ site }) => {
    const response = await new Browser().script(
      `${site.origin}/login?prompt=select_account&login_hint=ann@contoso.com`,
    )
    const { loginUrl } = response.json() as { readonly loginUrl: string }
    const { location = '' } = await new Browser().navigate(loginUrl)

    expect(response.status).toBe(401)
    expect(new URL(location).searchParams.get('prompt')).toBe('select_account')
  })

  test('cannot replace the parameters that a page requires', async ({ site }) => {
    site.app.get('/careful', site.auth.loginRequired({ maxAgeSeconds: 1 }))
    const guarded = await new Browser().script(`${site.origin}/careful`)
    const { loginUrl } = guarded.json() as { readonly loginUrl: string }
    const { location = '' } = await new Browser().navigate(`${loginUrl}&prompt=consent&max_age=9`)

    expect(new URL(location).searchParams.get('max_age')).toBe('1')
  })
})
