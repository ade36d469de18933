import { decodeJwt } from 'jose'
import { defaultConfig, startDevProvider } from '../src/index.js'
import { describe, expect, test as base } from './support/fixtures.js'
import { ALL_IDENTITY, authorizeUrl, getTokens, cookieHeader } from './support/flow.js'

const test = base
  /** Opens the sign-in page and returns its text, with the URL of its form. */
  .extend('open', ({ provider }) => async (authority = provider.authority(), cookie = '') => {
    const { search } = authorizeUrl(provider, { prompt: 'select_account' })
    const path = authority.endsWith('/oidc') ? '/authorize' : '/oauth2/v2.0/authorize'
    const response = await fetch(authority + path + search, { headers: { cookie } })
    const html = await response.text()
    return { html, action: provider.origin + /<form [^>]*action="([^"]+)"/.exec(html)?.[1] }
  })

/** Returns the text of one account in the list. */
const entryOf = (html: string, name: string): string =>
  html.split('<li>').find((item) => item.includes(`<b>${name}</b>`)) ?? ''

describe('the account page', () => {
  test.for([
    ['Robin Chen', ['Todos.Approver', 'Todos.Reader', 'Todo Approvers', 'Product Team']],
    ['Sam Okafor', ['Tenant administrator', 'Todos.Admin']],
    ['Kim Larsen', ['Guest']],
    ['Morgan Diaz', ['250 groups: overage']],
    ['Charlie Novak', ['Personal']],
  ] as const)('shows the roles, groups and kind of %s', async ([name, tags], { open }) => {
    const entry = entryOf((await open()).html, name)

    const shown = [...entry.matchAll(/<span class="tag [^"]*">([^<]*)</g)].map(([, tag]) => tag)
    expect(shown).toEqual(tags)
  })

  test('shows only the roles at this app, and a missing email address', async () => {
    const [app, api] = defaultConfig.apps
    const [alex] = defaultConfig.users
    const { email: _email, ...withoutEmail } = alex!
    const roles = { [app!.clientId]: ['Reader'], [api!.clientId]: ['Elsewhere'] }
    const provider = await startDevProvider({ config: { users: [{ ...withoutEmail, roles }] } })
    try {
      const html = await (await fetch(authorizeUrl(provider))).text()

      expect(html).toContain('>Reader<')
      expect(html).not.toContain('>Elsewhere<')
      expect(html).toContain('No email address')
    } finally {
      await provider.close()
    }
  })

  test('shows the claims of the ID token that the app gets', async ({ open, provider }) => {
    const entry = entryOf((await open()).html, 'Robin Chen')
    const { id_token } = await getTokens(provider, { scope: ALL_IDENTITY }, { as: 'robin' })
    const received = decodeJwt(id_token ?? '')

    const names = [...entry.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, name]) => name)
    const omitted = ['iat', 'nbf', 'exp', 'nonce', 'aio', 'rh', 'uti', 'sid']
    expect(new Set(names)).toEqual(
      new Set(Object.keys(received).filter((name) => !omitted.includes(name))),
    )
    expect(entry).toContain(received.sub)
  })

  test('has a search only when the list is long', async ({ open, provider }) => {
    expect((await open()).html).not.toContain('type="search"')
    expect((await open(provider.oidcAuthority)).html).toContain('type="search"')
  })

  test('the form of the account comes before the search', async ({ open, provider }) => {
    const { html, action } = await open(provider.oidcAuthority)

    expect(html.indexOf('method="post"')).toBeLessThan(html.indexOf('method="get"'))
    expect(action).toContain('/oidc/interaction/')
  })

  test.for([
    ['robin', ['Robin Chen']],
    ['TODOS.ADMIN', ['Sam Okafor']],
    ['todo approvers', ['Robin Chen']],
    ['fabrikam.onmicrosoft', ['Kim Larsen', 'Jo Tanaka']],
    ['nobody', []],
    ['', ['Alex Rivera']],
  ] as const)('finds "%s" without a script', async ([query, names], { open, provider }) => {
    const { action } = await open(provider.oidcAuthority)
    const html = await (await fetch(`${action}?q=${encodeURIComponent(query)}`)).text()

    const shown = [...html.matchAll(/<b>([^<]*)<\/b>/g)].map(([, name]) => name)
    if (query === '') expect(shown).toHaveLength(11)
    else expect(shown).toEqual(names)
    expect(html.includes('The search did not find an account')).toBe(names.length === 0)
  })

  test('a search does not sign in, also with a session', async ({ open, provider, cookies }) => {
    await provider.signIn(authorizeUrl(provider), { as: 'alex', cookies })
    const { cookie } = cookieHeader(cookies)
    const { action } = await open(provider.authority(), cookie)

    const response = await fetch(`${action}?q=robin`, { headers: { cookie }, redirect: 'manual' })

    expect(response.status).toBe(200)
    expect(await response.text()).toContain('data-page="account"')
  })

  test('escapes the words of the search', async ({ open, provider }) => {
    const { action } = await open(provider.oidcAuthority)
    const html = await (
      await fetch(`${action}?q=${encodeURIComponent('"><script>x</script>')}`)
    ).text()

    expect(html).not.toContain('<script>x')
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"')
  })
})
