import { expect, test as base } from '@playwright/test'
import { signedIn } from 'identity-web-dev/playwright'

const test = base.extend(signedIn)
test.use({ signedInAs: 'robin' })

test('uses the session that the tests of another file have stored', async ({ page, request }) => {
  await page.goto('/orders')

  await expect(page.getByText('Hello, Robin Chen')).toBeVisible()
  // Robin, Kim and Alex signed in once each in orders.spec.ts.
  expect(await (await request.get('/sign-ins')).json()).toBe(3)
})
