import { browser } from 'identity-web-dev/testing'
import { beforeAll, expect, test } from 'vitest'
import { start, type RunningApp } from './start.ts'

let app: RunningApp
beforeAll(async () => {
  app = await start()
  return () => app.stop()
})

test('shows the first page to everybody', async () => {
  const visitor = browser(app.origin)

  const page = await visitor.get('/')

  expect(await page.text()).toContain('Welcome')
})

test('sends visitors of the account to the sign-in', async () => {
  const visitor = browser(app.origin)

  await visitor.get('/account')

  expect(visitor.url).not.toContain(app.origin)
})

test('greets the signed-in user', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const page = await user.get('/account')

  expect(await page.text()).toContain('Hello, Alex Rivera')
})

// #region graph
test('shows the profile of the user from Microsoft Graph', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const page = await user.get('/call_api')

  expect(await page.text()).toMatch(/displayName.+Alex Rivera/)
})
// #endregion graph
// #region oidc
test('shows the current claims from the UserInfo endpoint', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const page = await user.get('/user_info')

  expect(await page.text()).toMatch(/name.+Alex Rivera/)
})
// #endregion oidc
// #region azure-ad-b2c
test('links to the user flow that edits the profile', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const page = await user.get('/account')

  expect(await page.text()).toContain('Edit your profile')
})
// #endregion azure-ad-b2c
