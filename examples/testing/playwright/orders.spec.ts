import { expect, test as base } from '@playwright/test'
import { signedIn } from 'identity-web-dev/playwright'

const test = base.extend(signedIn)

test.describe('Robin', () => {
  test.use({ signedInAs: 'robin' })

  test('sees the orders', async ({ page }) => {
    await page.goto('/orders')

    await expect(page.getByText('Hello, Robin Chen')).toBeVisible()
  })

  test('is not an administrator', async ({ page }) => {
    const response = await page.goto('/admin')

    expect(response?.status()).toBe(403)
  })
})

test.describe('Kim', () => {
  test.use({ signedInAs: 'kim' })

  test('sees other orders', async ({ page }) => {
    await page.goto('/orders')

    await expect(page.getByText('Hello, Kim Larsen')).toBeVisible()
  })
})

test('shows the accounts to a visitor', async ({ page }) => {
  await page.goto('/orders')
  await page.getByRole('button', { name: /Alex/ }).click()
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page).toHaveURL(/\/orders$/)

  await expect(page.getByText('Hello, Alex Rivera')).toBeVisible()
})
