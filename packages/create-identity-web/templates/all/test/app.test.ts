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

  expect(await page.text()).toContain('my-app')
})

test('sends visitors of the account to the sign-in', async () => {
  const visitor = browser(app.origin)

  await visitor.get('/account')

  expect(visitor.url).not.toContain(app.origin)
})

test('shows the account of the signed-in user', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const page = await user.get('/account')

  expect(await page.text()).toContain('Alex Rivera')
})

test('rejects users without the role', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const page = await user.get('/admin')

  expect(page.status).toBe(403)
})

// #region entra-id
test('shows the administration to users with the role', async () => {
  const administrator = browser(app.origin, { as: 'sam' })

  const page = await administrator.get('/admin')

  expect(page.status).toBe(200)
})

test('shows the picture of the user', async () => {
  const user = browser(app.origin, { as: 'alex' })

  const picture = await user.get('/photo')

  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
})

// #endregion entra-id
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

  expect(await page.text()).toContain('/login?return_to=')
})
// #endregion azure-ad-b2c
