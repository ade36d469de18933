import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, sessionFor } from 'identity-web-dev/testing'
import { start, type Started } from '../src/start.ts'

let site: Started
before(async () => {
  site = await start()
})
after(() => site.stop())

void test('shows the orders of Alex', async () => {
  const response = await fetch(`${site.origin}/orders`, await sessionFor(site, { as: 'alex' }))

  assert.match(await response.text(), /Hello, Alex Rivera/)
})

void test('saves an order in a browser', async () => {
  const alex = browser(site.origin, { as: 'alex' })

  await alex.get('/orders')
  const page = await alex.post('/orders', { item: 'book' })

  assert.match(await page.text(), /1 orders/)
})
