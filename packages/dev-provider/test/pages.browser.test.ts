import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { startDevProvider } from '../src/index.js'
import { expect, test as base } from './support/browser-fixtures.js'
import { ALL_IDENTITY, authorizeUrl, TODO_API } from './support/flow.js'

const PICTURES = fileURLToPath(new URL('../../../.artifacts/dev-provider/', import.meta.url))

mkdirSync(PICTURES, { recursive: true })

const test = base.extend(
  'url',
  ({ provider, app }) =>
    (params: Record<string, string> = {}): string =>
      authorizeUrl(provider, { redirect_uri: `${app.origin}/callback`, ...params }).href,
)

const picture = (page: Page, name: string) =>
  page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true })

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

const SCOPE = `${ALL_IDENTITY} User.Read Mail.Send ${TODO_API}/Todos.ReadWrite`

test('the keyboard is enough to choose an account and consent', async ({
  page,
  url,
  arriveAtApp,
}) => {
  await page.goto(url({ scope: SCOPE }))
  expect(await page.title()).toContain('Choose an account')
  expect(await focused(page)).toContain('Alex Rivera')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toContain('Robin Chen')
  await picture(page, '1-picker')
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Permissions requested' }).waitFor()
  expect(await page.getByRole('listitem').count()).toBe(7)
  await picture(page, '2-consent')
  await page.keyboard.press('Enter')

  expect(await arriveAtApp(page)).toBe(true)
  expect(new URL(page.url()).searchParams.has('code')).toBe(true)
})

test('Cancel on the consent page returns an error to the app', async ({
  page,
  url,
  arriveAtApp,
  app,
}) => {
  await page.goto(url({ scope: SCOPE, response_mode: 'form_post' }))
  await page.getByRole('button', { name: 'Alex Rivera' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()

  expect(await arriveAtApp(page)).toBe(true)
  expect(app.form.get('error')).toBe('access_denied')
})

test('form_post submits itself', async ({ page, url, signInAs, arriveAtApp, app }) => {
  await page.goto(url({ response_mode: 'form_post' }))
  await signInAs(page, 'Alex Rivera')

  expect(await arriveAtApp(page)).toBe(true)
  expect(app.form.get('code')).toBeTruthy()
  expect(page.url()).toBe(`${app.origin}/callback`)
})

test('form_post has a button without scripts', async ({
  openPage,
  url,
  signInAs,
  arriveAtApp,
  app,
}) => {
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(url({ response_mode: 'form_post' }))
  await signInAs(page, 'Alex Rivera')
  await picture(page, '3-form-post')
  await page.getByRole('button', { name: 'Continue' }).click()

  expect(await arriveAtApp(page)).toBe(true)
  expect(app.form.get('code')).toBeTruthy()
})

test('an account of another tenant is rejected, and the user can choose another one', async ({
  page,
  url,
  signInAs,
  arriveAtApp,
}) => {
  await page.goto(url())
  await page.getByText('Accounts of other tenants').click()
  await picture(page, '4-elsewhere')
  await page.getByRole('button', { name: 'Jo Tanaka' }).click()
  await page.getByText('AADSTS50020').waitFor()
  await picture(page, '5-rejected')
  await page.getByRole('button', { name: 'Use another account' }).click()
  await signInAs(page, 'Alex Rivera')

  expect(await arriveAtApp(page)).toBe(true)
})

test('sign-out asks for the account and confirms the sign-out', async ({
  page,
  url,
  signInAs,
  arriveAtApp,
  provider,
  app,
}) => {
  for (const name of ['Alex Rivera', 'Robin Chen']) {
    await page.goto(url({ prompt: 'select_account' }))
    await signInAs(page, name)
    expect(await arriveAtApp(page)).toBe(true)
  }
  await page.goto(`${provider.authority()}/oauth2/v2.0/logout`)
  await picture(page, '6-sign-out')
  await page.getByRole('button', { name: 'Robin Chen' }).click()
  await page.getByRole('heading', { name: 'You signed out' }).waitFor()
  await picture(page, '7-signed-out')

  await page.goto(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${app.origin}/`,
  )
  expect(await arriveAtApp(page)).toBe(true)
})

test('the sign-out picker can lead back to the app', async ({
  page,
  url,
  signInAs,
  arriveAtApp,
  provider,
  app,
}) => {
  for (const name of ['Alex Rivera', 'Robin Chen']) {
    await page.goto(url({ prompt: 'select_account' }))
    await signInAs(page, name)
    expect(await arriveAtApp(page)).toBe(true)
  }
  await page.goto(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${app.origin}/`,
  )
  await page.getByRole('button', { name: 'Robin Chen' }).click()

  expect(await arriveAtApp(page)).toBe(true)
})

test('front-channel sign-out notifies the app and returns to it', async ({
  provider,
  app,
  page,
  signInAs,
  arriveAtApp,
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
  expect(await arriveAtApp(page)).toBe(true)
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
  await page.getByText('That code did not work').waitFor()
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
