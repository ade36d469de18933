import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { browser, sessionFor } from 'identity-web-dev/testing'
import { start, type Started } from '../src/start.ts'

let site: Started
beforeAll(async () => {
  site = await start()
})
afterAll(() => site.stop())

test('shows the orders of Alex', async () => {
  const response = await fetch(`${site.origin}/orders`, await sessionFor(site, { as: 'alex' }))

  expect(await response.text()).toContain('Hello, Alex Rivera')
})

test('saves an order in a browser', async () => {
  const alex = browser(site.origin, { as: 'alex' })

  await alex.get('/orders')
  const page = await alex.post('/orders', { item: 'book' })

  expect(await page.text()).toContain('1 orders')
})
