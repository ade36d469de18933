import type { Page } from 'playwright-core'
import type { DevProvider } from '../../src/index.js'
import { ALL_IDENTITY, authorizeUrl, getTokens, requestToken, TODO_API } from './flow.js'

/** What a stop of the tour needs. */
export interface Tour {
  readonly provider: DevProvider
  readonly page: Page
  /** The origin of an app that has pages. */
  readonly appOrigin: string
}

/** A page of the provider, and how a developer arrives there. */
export type Stop = readonly [name: string, open: (tour: Tour) => Promise<unknown>]

const B2C = 'fabrikamb2c.onmicrosoft.com'

const SCOPE = `${ALL_IDENTITY} User.Read ${TODO_API}/Todos.Read ${TODO_API}/Todos.ReadWrite Mail.Read`

const signIn = (
  { provider, page, appOrigin }: Tour,
  params: Record<string, string> = {},
  tenant?: string,
) =>
  page.goto(
    authorizeUrl(
      provider,
      { redirect_uri: `${appOrigin}/callback`, prompt: 'select_account', ...params },
      tenant,
    ).href,
  )

const choose = ({ page }: Tour, name: string) =>
  page.getByRole('button', { name }).first().click({ timeout: 3000 })

/** Fills the page of requests: successes, an error at each kind of endpoint, and a call of Graph. */
async function useProvider(provider: DevProvider): Promise<void> {
  const tokens = await getTokens(provider, { scope: `${ALL_IDENTITY} User.Read` }, { as: 'robin' })
  const authorization = `Bearer ${tokens['access_token']}`
  await fetch(provider.graphMe, { headers: { authorization } })
  await fetch(provider.graphMe, { headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' } })
  await requestToken(provider, { grant_type: 'client_credentials', client_secret: 'wrong' })
  await requestToken(provider, {
    grant_type: 'client_credentials',
    scope: `${TODO_API}/.default`,
  })
  await fetch(authorizeUrl(provider, { redirect_uri: 'https://evil.example/' }))
  await fetch(`${provider.authority()}/v2.0/.well-known/openid-configuration`)
}

/** Every page of the provider. Tests and screenshots visit them in this order. */
export const stops: readonly Stop[] = [
  ['home', ({ provider, page }) => page.goto(provider.origin)],
  ['account', (tour) => signIn(tour, { scope: SCOPE })],
  [
    'account-details',
    async (tour) => {
      await signIn(tour, { scope: SCOPE })
      await tour.page.locator('summary', { hasText: 'Robin' }).click()
      await tour.page.getByText('Accounts of other tenants').click()
    },
  ],
  [
    'account-search',
    async (tour) => {
      const url = authorizeUrl(tour.provider, { redirect_uri: `${tour.appOrigin}/callback` })
      await tour.page.goto(`${tour.provider.oidcAuthority}/authorize${url.search}`)
      await tour.page.getByRole('searchbox').fill('approver')
      await tour.page.getByRole('button', { name: 'Search' }).click()
    },
  ],
  [
    'consent',
    async (tour) => {
      await signIn(tour, { scope: SCOPE })
      await choose(tour, 'Alex Rivera')
    },
  ],
  [
    'consent-administrator',
    async (tour) => {
      await signIn(tour, { scope: 'openid Directory.Read.All' })
      await choose(tour, 'Alex Rivera')
    },
  ],
  [
    'admin-consent',
    ({ provider, page, appOrigin }) =>
      page.goto(
        `${provider.authority()}/adminconsent?client_id=${provider.app.clientId}&redirect_uri=${appOrigin}/callback`,
      ),
  ],
  ['admin-consent-approval', (tour) => choose(tour, 'Sam Okafor')],
  [
    'admin-consent-rejected',
    async (tour) => {
      await tour.page.getByRole('button', { name: 'Other account' }).click()
      await choose(tour, 'Alex Rivera')
    },
  ],
  [
    'rejected',
    async (tour) => {
      await signIn(tour)
      await tour.page.getByText('Accounts of other tenants').click()
      await choose(tour, 'Jo Tanaka')
    },
  ],
  ['error', (tour) => signIn(tour, { redirect_uri: 'https://evil.example/' })],
  ['error-code', ({ provider, page }) => page.goto(`${provider.origin}/error?code=50011`)],
  ['not-found', ({ provider, page }) => page.goto(`${provider.origin}/contoso/unknown`)],
  [
    'sign-out',
    async (tour) => {
      for (const name of ['Alex Rivera', 'Robin Chen']) {
        await signIn(tour)
        await choose(tour, name)
        await acceptConsent(tour)
      }
      await tour.page.goto(`${tour.provider.authority()}/oauth2/v2.0/logout`)
    },
  ],
  ['signed-out', (tour) => choose(tour, 'Robin Chen')],
  [
    'device-code',
    ({ provider, page }) => page.goto(`${provider.authority()}/oauth2/v2.0/deviceauth`),
  ],
  [
    'device-code-rejected',
    async ({ page }) => {
      await page.getByLabel('Code').fill('WRONG')
      await page.getByRole('button', { name: 'Next' }).click()
    },
  ],
  [
    'device-approved',
    async (tour) => {
      const { provider, page } = tour
      const response = await fetch(`${provider.authority()}/oauth2/v2.0/devicecode`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: provider.app.clientId, scope: 'openid' }),
      })
      const device = (await response.json()) as Record<string, string>
      await page.goto(device['verification_uri'] ?? '')
      await page.getByLabel('Code').fill(device['user_code'] ?? '')
      await page.getByRole('button', { name: 'Next' }).click()
      const account = page.getByRole('button', { name: 'Alex Rivera' })
      const proceed = page.getByRole('button', { name: 'Continue' })
      await account.or(proceed).first().waitFor()
      if (await account.isVisible()) await account.click()
      await proceed.click()
    },
  ],
  ['user-flow', (tour) => signIn(tour, { scope: 'openid' }, `${B2C}/B2C_1_susi`)],
  ['sign-up', (tour) => tour.page.locator('#createAccount').click()],
  [
    'edit-profile',
    async (tour) => {
      await signIn(tour, { scope: 'openid' }, `${B2C}/B2C_1_edit`)
      await choose(tour, 'Mia Santos')
    },
  ],
  ['reset-password', (tour) => signIn(tour, { scope: 'openid' }, `${B2C}/B2C_1_reset`)],
  [
    'requests-empty',
    ({ provider, page }) => (provider.reset(), page.goto(`${provider.origin}/dev/requests`)),
  ],
  [
    'requests',
    async ({ provider, page }) => {
      await useProvider(provider)
      await page.goto(`${provider.origin}/dev/requests`)
      await page.locator('#requests > li', { hasText: 'invalid_client' }).first().click()
      const token = page.locator('#requests > li', { hasText: 'authorization_code' })
      await token.locator('summary').first().click()
      await token.locator('.token summary').first().click()
    },
  ],
  [
    'decoder',
    async ({ provider, page }) => {
      const token = await provider.accessToken({
        as: 'robin',
        scopes: ['Todos.Read'],
        expiresIn: -60,
      })
      await page.goto(`${provider.origin}/dev/requests`)
      await page.getByText('Decode a token', { exact: true }).click()
      await page.getByLabel('Token', { exact: true }).fill(token)
      await page.getByRole('button', { name: 'Decode' }).click()
    },
  ],
  ['switches', ({ provider, page }) => page.goto(`${provider.origin}/dev/switches`)],
  [
    'switches-on',
    async ({ provider, page }) => {
      provider.behave({
        accessTokenSeconds: 60,
        faults: { token: { kind: 'status', status: 500 } },
      })
      await page.goto(`${provider.origin}/dev/switches?done=changed`)
    },
  ],
  ['account-with-banner', (tour) => signIn(tour)],
]

async function acceptConsent({ page }: Tour): Promise<void> {
  const accept = page.getByRole('button', { name: 'Accept' })
  const arrived = page.getByRole('heading', { name: 'The app' })
  await accept.or(arrived).first().waitFor()
  if (await accept.isVisible()) await accept.click()
  await arrived.waitFor()
}
