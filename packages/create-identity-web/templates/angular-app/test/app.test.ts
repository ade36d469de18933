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

  // #region angular
  expect(await page.text()).toContain('Welcome')
  // #endregion angular
  // #region angular-spa
  expect(await page.text()).toContain('<app-root>')
  // #endregion angular-spa
})

// #region angular
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
// #endregion angular
// #region angular-spa
test('sends visitors of the API to the sign-in', async () => {
  const visitor = browser(app.origin)

  await visitor.get('/api/account')

  expect(visitor.url).not.toContain(app.origin)
})

test('gives signed-in users their claims', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const data = await user.get('/api/account')

  expect(await data.text()).toContain('Alex Rivera')
})
// #endregion angular-spa

test('rejects users who lack the role', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const data = await user.get('/api/admin')

  expect(data.status).toBe(403)
})

// #region graph
test('returns the profile of the user from Microsoft Graph', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const data = await user.get('/api/call_api')

  expect(await data.text()).toMatch(/displayName.+Alex Rivera/)
})
// #endregion graph
// #region oidc
test('returns the current claims from the UserInfo endpoint', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const data = await user.get('/api/user_info')

  expect(await data.text()).toMatch(/name.+Alex Rivera/)
})
// #endregion oidc
// #region azure-ad-b2c
test('links to the user flow that edits the profile', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const data = await user.get('/api/account')

  expect(await data.text()).toContain('"editProfile":"')
})
// #endregion azure-ad-b2c
