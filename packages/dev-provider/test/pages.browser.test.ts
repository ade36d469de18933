import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { startDevProvider } from '../src/index.js'
import { expect, test as base } from './support/browser-fixtures.js'
import { ALL_IDENTITY, authorizeUrl, TODO_API } from './support/flow.js'

const PICTURES = fileURLToPath(new URL('../../../.artifacts/dev-provider/', import.meta.url))

mkdirSync(PICTURES, { recursive: true })

const test = base
  .extend(
    'url',
    ({ provider, app }) =>
      (params: Record<string, string> = {}): string =>
        authorizeUrl(provider, { redirect_uri: `${app.origin}/callback`, ...params }).href,
  )
  /** Signs Alex and Robin in with the same browser. */
  .extend('signInBoth', ({ url, signInAs, app }) => async (page: Page): Promise<void> => {
    for (const name of ['Alex Rivera', 'Robin Chen']) {
      await page.goto(url({ prompt: 'select_account' }))
      await signInAs(page, name)
      expect(await app.isShownIn(page)).toBe(true)
    }
  })
  /** Opens the consent page of Alex. */
  .extend('openConsent', ({ url }) => async (page: Page, scope: string): Promise<void> => {
    await page.goto(url({ scope }))
    await page.getByRole('button', { name: 'Alex Rivera' }).click()
    await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  })

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true })

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

const SCOPE = `${ALL_IDENTITY} User.Read Mail.Send ${TODO_API}/Todos.ReadWrite`

test('the keyboard is enough to choose an account and consent', async ({ page, url, app }) => {
  await page.goto(url({ scope: SCOPE }))
  expect(await page.title()).toContain('Choose an account')
  expect(await focused(page)).toContain('Alex Rivera')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Claims of Alex Rivera')
  await page.keyboard.press('Space')
  await page.getByText('preferred_username').first().waitFor()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toContain('Robin Chen')
  await picture(page, '1-picker')
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  expect(await page.getByRole('listitem').count()).toBe(7)
  await picture(page, '2-consent')
  await page.keyboard.press('Enter')

  expect(await app.isShownIn(page)).toBe(true)
  expect(new URL(page.url()).searchParams.has('code')).toBe(true)
})

test.for([
  ['light', 'none'],
  ['dark', 'none'],
  ['light', 'active'],
] as const)(
  'the focus of an account encloses its whole card (%s, forced colors: %s)',
  async ([colorScheme, forcedColors], { openPage, url }) => {
    const page = await openPage({ colorScheme, forcedColors })
    await page.goto(url({ scope: SCOPE }))
    const card = page.locator('.accounts > li', { hasText: 'Alex Rivera' })
    const outlines = () =>
      card.evaluate((item) =>
        [item, ...item.querySelectorAll('.account, summary')].map((part) => {
          const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(part)
          return outlineStyle === 'none' ? 'none' : `${outlineWidth} at ${outlineOffset}`
        }),
      )

    expect(await focused(page)).toContain('Alex Rivera')
    expect(await outlines()).toEqual(['3px at 2px', 'none', 'none'])
    await page.keyboard.press('Tab')
    expect(await outlines()).toEqual(['none', 'none', '3px at 2px'])
  },
)

test.for([320, 390, 900])(
  'the names of scopes are in one column at %i pixels',
  async (width, { openPage, openConsent }) => {
    const page = await openPage({ viewport: { width, height: 760 } })
    await openConsent(page, SCOPE)
    const places = await page.locator('.scopes li').evaluateAll((items) =>
      items.map((item) => {
        const [description, name] = [...item.children].map((part) => part.getBoundingClientRect())
        return {
          isBeside: name!.left >= description!.right && name!.top < description!.bottom,
          right: Math.round(name!.right),
        }
      }),
    )

    expect(places).toHaveLength(7)
    expect(places).toEqual(places.map(() => ({ isBeside: true, right: places[0]!.right })))
  },
)

test('Cancel on the consent page returns an error to the app', async ({ page, url, app }) => {
  await page.goto(url({ scope: SCOPE, response_mode: 'form_post' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()

  expect(await app.isShownIn(page)).toBe(true)
  expect(app.form.get('error')).toBe('access_denied')
})

test('form_post submits itself', async ({ page, url, signInAs, app }) => {
  await page.goto(url({ response_mode: 'form_post' }))
  await signInAs(page, 'Alex Rivera')

  expect(await app.isShownIn(page)).toBe(true)
  expect(app.form.get('code')).toBeTruthy()
  expect(page.url()).toBe(`${app.origin}/callback`)
})

test('form_post has a button without scripts', async ({ openPage, url, signInAs, app }) => {
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(url({ response_mode: 'form_post' }))
  await signInAs(page, 'Alex Rivera')
  await picture(page, '3-form-post')
  await page.getByRole('button', { name: 'Continue' }).click()

  expect(await app.isShownIn(page)).toBe(true)
  expect(app.form.get('code')).toBeTruthy()
})

test('an account of another tenant is rejected, and the user can choose another one', async ({
  page,
  url,
  signInAs,
  app,
}) => {
  await page.goto(url())
  await page.getByText('Accounts of other tenants').click()
  await picture(page, '4-elsewhere')
  await page.getByRole('button', { name: 'Jo Tanaka' }).click()
  await page.getByText('AADSTS50020').waitFor()
  await picture(page, '5-rejected')
  await page.getByRole('button', { name: 'Use another account' }).click()
  await signInAs(page, 'Alex Rivera')

  expect(await app.isShownIn(page)).toBe(true)
})

test('sign-out asks for the account and confirms the sign-out', async ({
  page,
  signInBoth,
  app,
  provider,
}) => {
  await signInBoth(page)
  await page.goto(`${provider.authority()}/oauth2/v2.0/logout`)
  await picture(page, '6-sign-out')
  await page.getByRole('button', { name: 'Robin Chen' }).click()
  await page.getByRole('heading', { name: 'You signed out' }).waitFor()
  await picture(page, '7-signed-out')

  await page.goto(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${app.origin}/`,
  )
  expect(await app.isShownIn(page)).toBe(true)
})

test('the sign-out picker can lead back to the app', async ({
  page,
  signInBoth,
  app,
  provider,
}) => {
  await signInBoth(page)
  await page.goto(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${app.origin}/`,
  )
  await page.getByRole('button', { name: 'Robin Chen' }).click()

  expect(await app.isShownIn(page)).toBe(true)
})

test('front-channel sign-out notifies the app and returns to it', async ({
  provider,
  app,
  page,
  signInAs,
}) => {
  const other = await startDevProvider({
    config: {
      apps: [
        { ...provider.app, frontChannelLogoutUri: `${app.origin}/front-channel?from=provider` },
      ],
    },
  })
  await page.goto(authorizeUrl(other, { redirect_uri: `${app.origin}/callback` }).href)
  await signInAs(page, 'Alex Rivera')
  expect(await app.isShownIn(page)).toBe(true)
  const sid = new URL(page.url()).searchParams.get('session_state')
  app.visited.length = 0
  await page.goto(
    `${other.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${app.origin}/bye`,
  )

  await page.waitForURL(`${app.origin}/bye`)
  expect(app.visited).toContain(`/front-channel?from=provider&sid=${sid}`)
  await other.close()
})

test('a user enters and approves a device code', async ({ provider, page }) => {
  const response = await fetch(`${provider.authority()}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: provider.app.clientId, scope: SCOPE }),
  })
  const device = (await response.json()) as { user_code: string; verification_uri: string }
  await page.goto(device.verification_uri)
  await page.getByLabel('Code').fill('WRONG')
  await page.keyboard.press('Enter')
  await page.getByText('The code does not work').waitFor()
  await picture(page, '8-device-code')
  await page.getByLabel('Code').fill(device.user_code)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByText('on another device').waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()

  await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  expect(await page.title()).toContain('You are signed in')
})

test('permissions for administrators and errors have pages', async ({ page, url }) => {
  await page.goto(url({ scope: 'openid Directory.Read.All' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByRole('heading', { name: 'Administrator approval needed' }).waitFor()
  await picture(page, '9-admin')
  await page.goto(url({ redirect_uri: 'https://evil.example/' }))
  await page.getByText('AADSTS50011').waitFor()
  await picture(page, '10-error')
  expect(await page.title()).toContain('The request failed')
})

test('pages fit a dark phone screen', async ({ openPage, url, provider }) => {
  const page = await openPage({ viewport: { width: 360, height: 640 }, colorScheme: 'dark' })
  await page.goto(url({ scope: SCOPE }))
  await picture(page, '11-dark-picker')
  await page.getByRole('button', { name: 'Kim Larsen' }).click()
  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  await picture(page, '12-dark-consent')
  await page.goto(provider.origin)
  await picture(page, '13-home')

  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect(isTooWide).toBe(false)
})

test('the common consent page needs no scrolling at 760 pixels, and its buttons are always visible', async ({
  page,
  url,
  openConsent,
}) => {
  await openConsent(page, `${ALL_IDENTITY} User.Read Mail.Send ${TODO_API}/Todos.Read`)
  expect(await page.getByRole('listitem').count()).toBe(7)
  await page.goto(
    url({
      scope: `${ALL_IDENTITY} User.Read Mail.Send ${TODO_API}/Todos.Read ${TODO_API}/Todos.ReadWrite`,
    }),
  )
  expect(await page.getByRole('listitem').count()).toBe(8)
  const { height, window } = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    window: innerHeight,
  }))
  expect(window).toBe(760)
  expect(height).toBe(760)

  await page.setViewportSize({ width: 390, height: 400 })
  const accept = await page.getByRole('button', { name: 'Accept' }).boundingBox()
  expect(accept!.y + accept!.height).toBeLessThanOrEqual(400)
})

test('the keyboard is enough to search for an account', async ({ page, provider, app }) => {
  const { search } = authorizeUrl(provider, { redirect_uri: `${app.origin}/callback` })
  await page.goto(`${provider.oidcAuthority}/authorize${search}`)
  await page.getByRole('searchbox').focus()
  await page.keyboard.type('todos.admin')
  await page.keyboard.press('Enter')

  await page.waitForURL(/\?q=todos\.admin$/)
  expect(await page.getByRole('button', { name: /@/ }).count()).toBe(1)
  expect(await focused(page)).toContain('Sam Okafor')
  await page.keyboard.press('Enter')

  expect(await app.isShownIn(page)).toBe(true)
})

test('the search works without scripts', async ({ openPage, provider, app }) => {
  const page = await openPage({ javaScriptEnabled: false })
  const { search } = authorizeUrl(provider, { redirect_uri: `${app.origin}/callback` })
  await page.goto(`${provider.oidcAuthority}/authorize${search}`)
  await page.getByRole('searchbox').fill('approver')
  await page.getByRole('button', { name: 'Search' }).click()

  expect(await page.getByRole('button', { name: /@/ }).count()).toBe(1)
})

test('a copy button copies its value and announces it', async ({ openPage, provider }) => {
  const page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto(provider.origin)
  await page.getByRole('button', { name: 'Copy the client ID of My web app' }).press('Enter')
  await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor({ state: 'attached' })
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(provider.app.clientId)

  await page.getByRole('button', { name: 'Copy the variables for Microsoft Entra ID' }).click()
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain(`IDENTITY_AUTHORITY=${provider.authority()}\nIDENTITY_CLIENT_ID=`)
})

test('without scripts, the home page does not show copy buttons', async ({
  openPage,
  provider,
}) => {
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(provider.origin)

  expect(await page.getByRole('button').count()).toBe(0)
  expect(await page.getByText(provider.app.clientId).first().isVisible()).toBe(true)
})

test('new requests appear on the page of requests, which keeps open details', async ({
  page,
  provider,
}) => {
  await page.goto(`${provider.origin}/dev/requests`)
  await page.getByText('Your apps did not send a request yet').waitFor()
  provider.behave({ faults: { keys: { kind: 'slow', ms: 1500 } } })
  const slow = fetch(`${provider.oidcAuthority}/keys`)
  const entry = page.locator('#requests > li')
  await entry.locator('summary').click()
  await page.getByText('The provider did not respond yet').waitFor()
  await slow

  await page.getByText('The request does not contain parameters or tokens').waitFor()
  expect(await entry.locator('.status').textContent()).toBe('200')
  await fetch(`${provider.oidcAuthority}/.well-known/openid-configuration`)
  await entry.nth(1).waitFor()
  expect(await entry.first().locator('summary').textContent()).toContain('Metadata')
})

test('Pause stops the live page, and Continue starts it again', async ({ page, provider }) => {
  await page.goto(`${provider.origin}/dev/requests`)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('Paused.').waitFor()
  await fetch(`${provider.oidcAuthority}/keys`)
  await page.getByRole('button', { name: 'Continue' }).click()

  await page.locator('#requests > li').waitFor()
  expect(await page.locator('#requests > li').count()).toBe(1)
})

test('a mouse switches a failure on, and the banner of the sign-in page switches it off', async ({
  page,
  provider,
  url,
}) => {
  await page.goto(`${provider.origin}/dev/switches`)
  await page
    .getByRole('group', { name: 'Token endpoint' })
    .getByRole('button', { name: '503' })
    .click()
  await page.getByRole('status').filter({ hasText: 'The switches changed.' }).waitFor()
  expect(provider.behaviour.faults).toEqual({
    token: { kind: 'status', status: 503, retryAfter: '5' },
  })

  await page.goto(url())
  await page.getByText('Token endpoint: 503').waitFor()
  await page.getByRole('button', { name: 'Turn off Token endpoint' }).click()
  await page.getByText('Token endpoint: 503').waitFor({ state: 'detached' })
  expect(await page.title()).toContain('Choose an account')
  expect(provider.behaviour.faults).toEqual({})
})

test('the banner returns to a sign-in that has begun', async ({ page, provider, url, app }) => {
  await page.goto(url({ scope: SCOPE }))
  provider.behave({ accessTokenSeconds: 60 })
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByRole('button', { name: 'Turn off Access token lifetime' }).click()
  await page.getByText('Switched on').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Accept' }).click()

  expect(await app.isShownIn(page)).toBe(true)
})

test('a form of another site cannot change a switch', async ({ page, provider, app }) => {
  await page.goto(app.origin)
  await page.evaluate((action) => {
    document.body.innerHTML = `<form method="post" action="${action}"><input name="faults.token" value="hang"></form>`
    document.forms[0]?.submit()
  }, `${provider.origin}/dev/switches`)

  await page.getByRole('heading', { name: 'Request rejected' }).waitFor()
  expect(provider.behaviour.faults).toEqual({})
})

test('a developer decodes a token', async ({ page, provider }) => {
  const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
  await page.goto(`${provider.origin}/dev/requests`)
  await page.getByText('Decode a token', { exact: true }).click()
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Decode' }).click()

  await page
    .getByRole('heading', { name: 'The API of this audience accepts this token.' })
    .waitFor()
  await page.getByText('The scopes are Todos.Read.').waitFor()
})
