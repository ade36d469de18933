import {
  assert,
  expectPage,
  expectRejected,
  grantsOf,
  logsOf,
  signIn,
  visit,
  type Step,
  type StepContext,
} from '../step.ts'
import type { Page } from 'playwright-core'

/** Returns the access token of the session. */
async function tokenOf(
  { site }: StepContext,
  page: Page,
): Promise<{ status: number; token?: string }> {
  const response = await page.request.get(`${site.origin}/token`)
  const body = (await response.json().catch(() => ({}))) as { accessToken?: string }
  return {
    status: response.status(),
    ...(body.accessToken !== undefined && { token: body.accessToken }),
  }
}

const forgeries: readonly (readonly [string, (idToken: string) => string])[] = [
  ['signature', (idToken) => changeSignature(idToken)],
  ['user', (idToken) => withPayload(idToken, (claims) => ({ ...claims, sub: 'somebody-else' }))],
  ['`alg: none`', (idToken) => `${encode({ alg: 'none', typ: 'JWT' })}.${idToken.split('.')[1]}.`],
]

export const tokenSteps: readonly Step[] = [
  {
    name: 'Refresh twice',
    needs: 'refresh',
    async run(context) {
      const { provider, site } = context
      site.connect(provider, { scopes: ['offline_access'] })
      const page = await signIn(context)
      await tokenOf(context, page)
      for (let turn = 1; turn <= 2; turn++) {
        site.advance(provider.accessTokenSeconds + 1)
        const { status } = await tokenOf(context, page)
        assert.equal(status, 200, logsOf(context))
        const count = grantsOf(context, 'refresh_token')
        assert.ok(
          count >= turn && count <= turn * (provider.refreshesPerTurn ?? 1),
          `${count} refreshes`,
        )
      }
    },
  },
  {
    name: 'Five requests at once share a refresh',
    needs: 'refresh',
    async run(context) {
      const { provider, site } = context
      site.connect(provider, { scopes: ['offline_access'] })
      const page = await signIn(context)
      site.advance(provider.accessTokenSeconds + 1)
      const results = await Promise.all(Array.from({ length: 5 }, () => tokenOf(context, page)))
      assert.deepEqual(
        results.map(({ status }) => status),
        [200, 200, 200, 200, 200],
        logsOf(context),
      )
      assert.equal(grantsOf(context, 'refresh_token'), provider.refreshesPerTurn ?? 1)
    },
  },
  {
    name: 'Invalid refresh token: the user signs in again',
    needs: 'refresh-errors',
    async run(context) {
      const { provider, site } = context
      site.connect(provider, { scopes: ['offline_access'] })
      const page = await signIn(context)
      site.tamper.refreshToken = 'not-a-refresh-token'
      site.advance(provider.accessTokenSeconds + 61)
      assert.equal((await tokenOf(context, page)).status, 401, logsOf(context))
      delete site.tamper.refreshToken
      // The provider's clock was not moved, so its new ID token would have expired.
      site.advance(-provider.accessTokenSeconds - 61)
      const result = await visit(context, page, '/profile')
      expectPage(context, result)
    },
  },
  ...forgeries.map(([name, forge]): Step => ({
    name: `Forged ID token is rejected: ${name}`,
    async run(context) {
      const { provider, site } = context
      site.connect(provider)
      site.tamper.idToken = forge
      const page = await context.openPage()
      await expectRejected(context, page, await visit(context, page, '/profile'))
    },
  })),
  {
    name: 'Access token at `ApiAuth`',
    needs: 'jwt-access-token',
    async run(context) {
      const { provider, site } = context
      const { api } = provider
      site.connect(provider, { scopes: api?.scopes ?? [], ...api?.options, api })
      const page = await signIn(context)
      const { token = '' } = await tokenOf(context, page)
      const call = (bearer: string): Promise<Response> =>
        fetch(`${site.origin}/api`, { headers: { authorization: `Bearer ${bearer}` } })
      const response = await call(token)
      assert.equal(
        response.status,
        200,
        (await response.text()) + response.headers.get('www-authenticate'),
      )
      assert.equal((await call(changeSignature(token))).status, 401)
    },
  },
]

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function withPayload(
  token: string,
  change: (claims: Record<string, unknown>) => Record<string, unknown>,
): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  return [header, encode(change(claims)), signature].join('.')
}

function changeSignature(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 0xff
  return [header, payload, bytes.toString('base64url')].join('.')
}
