import { expect, test } from '../support/fixtures.ts'
import { asGraph, claimsChallenge, NBF, startApi } from '../support/api.ts'
import { copyCookies, grants } from '../support/steps.ts'
import { Browser } from '../support/browser.ts'

const userOf = (token: string): unknown =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { oid: unknown })
    .oid

// CVE-2025-67490, CVE-2026-40155: requests may share a result only within one session and one challenge.
test('two users with the same challenge at the same time get their own tokens, but not the rejected ones', async ({
  openSite,
  provider,
}) => {
  const refused = new Set<string>()
  const api = await startApi(({ token }) =>
    refused.has(token) ? claimsChallenge(NBF) : { status: 200 },
  )
  const site = await openSite({ clientCapabilities: ['cp1'], ...asGraph(api) })
  site.app.get(
    '/call',
    site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, context) => {
      const { status } = await context.fetch(api.url)
      res.json({ status, oid: context.claims.oid, was: context.accessToken })
    }),
  )
  const browsers = await Promise.all(
    ['alex', 'robin'].map((as) => site.signIn({ path: '/call', as })),
  )
  for (const browser of browsers) {
    const { was } = (await browser.navigate(`${site.origin}/call`)).json() as { was: string }
    refused.add(was)
  }
  const before = api.calls.length

  // Each user has many tabs, all with the old cookies.
  const tabs = browsers.flatMap((browser) =>
    Array.from({ length: 10 }, () => copyCookies(browser, new Browser())),
  )
  const pages = await Promise.all(tabs.map((tab) => tab.navigate(`${site.origin}/call`)))

  const told = pages.map((page) => page.json() as { status: number; oid: string })
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]))
  const accepted = api.calls.slice(before).filter(({ token }) => !refused.has(token))
  const oids = new Map<unknown, number>()
  for (const { token } of accepted) oids.set(userOf(token), (oids.get(userOf(token)) ?? 0) + 1)
  const [alex, robin] = [told[0]?.oid, told[10]?.oid]
  expect(alex).not.toBe(robin)
  expect(oids).toEqual(
    new Map([
      [alex, 10],
      [robin, 10],
    ]),
  )
  expect(grants(provider, 'refresh_token')).toHaveLength(2)
})
