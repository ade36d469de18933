import { Browser } from '../support/browser.ts'
import { signInAtPlain } from '../support/plain-provider.ts'
import { expect, test } from '../support/plain-fixtures.ts'

// RFC 8707: the client sends `resource` to the authorization endpoint and to the token endpoint.

const API = 'https://todos.example.com/'

test('resource goes to both endpoints, and to every refresh', async ({
  plain,
  openPlainSite,
  clock,
}) => {
  const site = await openPlainSite({ extraParams: { resource: API } })
  const browser = new Browser()

  await signInAtPlain(site, plain, browser)
  for (let refresh = 0; refresh < 2; refresh++) {
    clock.advance(700)
    expect((await browser.navigate(site.origin)).status).toBe(200)
  }

  expect(plain.to('/authorize')[0]?.query.getAll('resource')).toEqual([API])
  const requests = plain
    .to('/token')
    .map(({ form }) => [form.get('grant_type'), form.get('resource')])
  expect(requests).toEqual([
    ['authorization_code', API],
    ['refresh_token', API],
    ['refresh_token', API],
  ])
})

test('a sign-in with another resource replaces the resource and the access tokens', async ({
  plain,
  openPlainSite,
  clock,
}) => {
  const site = await openPlainSite({ extraParams: { resource: API } })
  const other = 'https://mail.example.com/'
  site.app.get('/switch', (req, res) =>
    site.auth.login(req, res, { extraParams: { resource: other }, returnTo: '/token' }),
  )
  site.app.get(
    '/access',
    site.auth.loginRequired({ scopes: ['todos'] }, (_req, res, { accessToken }) => {
      res.send(accessToken)
    }),
  )
  plain.rules.token = ({ form }, normal) => ({
    body: { ...normal, scope: form.get('resource') === API ? 'openid todos' : 'openid mail' },
  })
  const browser = new Browser()
  await signInAtPlain(site, plain, browser, '/access')
  expect((await browser.navigate(`${site.origin}/access`)).text).toMatch(/^access-/)

  await signInAtPlain(site, plain, browser, '/switch')

  // The first token has the scope, but it is for another API.
  expect((await browser.navigate(`${site.origin}/access`)).location).toContain(plain.issuer)
  clock.advance(700)
  await browser.navigate(site.origin)
  const resources = plain.to('/token').map(({ form }) => form.get('resource'))
  expect(resources.filter((resource) => resource !== API)).toEqual([other, other, other])
})

test('without resource, no request contains it', async ({ plain, openPlainSite, clock }) => {
  const site = await openPlainSite()
  const browser = new Browser()
  await signInAtPlain(site, plain, browser)
  clock.advance(700)
  await browser.navigate(site.origin)

  expect(plain.to('/token').some(({ form }) => form.has('resource'))).toBe(false)
})
