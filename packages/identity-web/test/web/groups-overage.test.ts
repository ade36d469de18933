import type { ErrorRequestHandler } from 'express'
import { getGroups, hasGroup, hasRole } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { serveRequests } from '../support/request-server.ts'
import { requestCount } from '../support/attack.ts'
import type { Browser } from '../support/browser.ts'
import { type Site } from '../support/site.ts'
import { requestedClaims, followToCallback, grants } from '../support/steps.ts'

const STAFF = '90000000-0000-4000-8000-000000000021'

async function groupsAt(site: Site, browser: Browser): Promise<unknown> {
  const page = await browser.navigate(`${site.origin}/groups`)
  expect(page.status, `answered: ${page.text}`).toBe(200)
  return page.json()
}

const test = base
  .extend(
    'open',
    ({ openSite }) =>
      async (options: AuthOptions = {}): Promise<Site & { readonly errors: unknown[] }> => {
        const site = await openSite({ clientCapabilities: ['cp1'], ...options })
        const { app, auth } = site
        const errors: unknown[] = []
        const onError: ErrorRequestHandler = (error, _req, res, _next) => {
          errors.push(error)
          res.status(500).end('FAILED')
        }
        const scopes = 'User.Read'
        app.get(
          '/groups',
          auth.loginRequired({ scopes }, async (_req, res, context) =>
            res.json(await getGroups(context)),
          ),
          onError,
        )
        app.get(
          '/without',
          auth.loginRequired(async (_req, res, context) => res.json(await getGroups(context))),
          onError,
        )
        app.get(
          '/staff',
          auth.loginRequired((_req, res, context) => {
            res.json([hasGroup(context, STAFF), hasRole(context, 'Todos.Approver')])
          }),
          onError,
        )
        return { ...site, errors }
      },
  )
  .extend('site', ({ open }) => open())
  .extend(
    'methods',
    ({ provider }) =>
      (): string[] =>
        provider.requests
          .filter((one) => one.endpoint === 'graphMembers')
          .map(({ method }) => method),
  )

describe('a user with more groups than a token can contain', () => {
  test('needs a guard with scopes, as the error says', async ({ site }) => {
    const browser = await site.signIn({ as: 'morgan' })

    await browser.navigate(`${site.origin}/without`)

    expect(site.errors).toMatchObject([{ code: 'configuration' }])
    expect(String(site.errors[0])).toContain("scopes: ['User.Read']")
  })

  test('has them although Graph sends a claims challenge', async ({ provider, methods, site }) => {
    const browser = await site.signIn({ path: '/groups', as: 'morgan' })
    provider.behave({
      graphClaims: '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}',
    })

    expect(await groupsAt(site, browser)).toHaveLength(250)

    expect(methods()).toEqual(['POST', 'POST', 'GET', 'GET'])
    expect(grants(provider, 'refresh_token')).toHaveLength(1)
  })

  test('is sent to the provider when Graph requires it, and then has them', async ({
    provider,
    site,
  }) => {
    const browser = await site.signIn({ path: '/groups', as: 'morgan' })
    provider.behave({
      graphClaims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
    })

    const redirect = await browser.navigate(`${site.origin}/groups`)
    await followToCallback(browser, provider, redirect, { as: 'morgan' })

    expect(requestedClaims(redirect)).toMatchObject({ access_token: { acrs: { value: 'c1' } } })
    expect(await groupsAt(site, browser)).toHaveLength(250)
    expect(site.errors).toEqual([])
  })
})

test('is looked up at the Microsoft Graph of the option apis', async ({
  open,
  provider,
  methods,
  onTestFinished,
}) => {
  const seen: string[] = []
  const graph = await serveRequests(async ({ method, url, headers }) => {
    const isBearer = headers.get('authorization')?.startsWith('Bearer ey') === true
    seen.push(`${method} ${new URL(url).pathname}${isBearer ? ' with a token' : ''}`)
    return Response.json({ value: [STAFF] })
  })
  onTestFinished(() => graph.close())
  const site = await open({
    apis: { graph: { baseUrl: `${graph.origin}/beta`, scopes: 'User.Read' } },
  })
  const { app, auth } = site
  app.get(
    '/members',
    auth.loginRequired({ groups: [STAFF] }, (_req, res) => void res.json('in')),
  )
  const browser = await site.signIn({ path: '/groups', as: 'morgan' })

  expect(await groupsAt(site, browser)).toEqual([STAFF])
  expect((await browser.navigate(`${site.origin}/members`)).json()).toBe('in')

  const { oid } = provider.user('morgan')
  expect(seen.at(-1)).toBe('POST /beta/me/checkMemberGroups with a token')
  expect([...new Set(seen)]).toEqual([
    `POST /beta/users/${oid}/getMemberObjects with a token`,
    'POST /beta/me/checkMemberGroups with a token',
  ])
  expect(methods()).toEqual([])
})

describe('a user with few groups', () => {
  test('has them from the token, without a request to Graph', async ({ provider, site }) => {
    const browser = await site.signIn({ path: '/groups', as: 'robin' })

    expect(await groupsAt(site, browser)).toEqual(provider.user('robin').groups)

    expect((await browser.navigate(`${site.origin}/staff`)).json()).toEqual([true, true])
    expect((await browser.navigate(`${site.origin}/without`)).json()).toContain(STAFF)
    expect(requestCount(provider, 'graphMembers')).toBe(0)
  })
})
