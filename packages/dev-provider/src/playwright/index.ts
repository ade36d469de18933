import type {
  Fixtures,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
} from '@playwright/test'
import type { AccountName } from '../config/account-names.js'
import { storageStateOf } from './storage-state.js'

export type { AccountName } from '../config/account-names.js'

/**
 * The options that `signedIn` adds to a test.
 *
 * @example playwright.config.ts
 * ```ts
 * export default defineConfig<SignedInOptions>({
 *   use: { baseURL: 'http://localhost:3000', signedInAs: 'alex', signInPath: '/orders' },
 * })
 * ```
 */
export interface SignedInOptions {
  /**
   * The account's first name or user name. Without it, the page is not signed in.
   *
   * @defaultValue undefined
   */
  readonly signedInAs: AccountName | undefined
  /**
   * The guarded page of the application that starts the sign-in.
   *
   * @defaultValue '/'
   */
  readonly signInPath: string
}

/**
 * Playwright fixtures that sign an account in before a test.
 *
 * The first test of an account in a run signs in over HTTP, without a browser window. All other tests of this account use the
 * stored cookies, also in other files and in other workers. Playwright's `baseURL` must be the application's URL.
 *
 * @example
 * ```ts
 * import { expect, test as base } from '@playwright/test'
 * import { signedIn } from 'identity-web-dev/playwright'
 *
 * const test = base.extend(signedIn)
 * test.use({ signedInAs: 'robin' })
 *
 * test('shows the orders of Robin', async ({ page }) => {
 *   await page.goto('/orders')
 *   await expect(page.getByText('Hello, Robin')).toBeVisible()
 * })
 * ```
 */
export const signedIn: Fixtures<
  SignedInOptions,
  object,
  PlaywrightTestArgs & PlaywrightTestOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = {
  signedInAs: [undefined, { option: true }],
  signInPath: ['/', { option: true }],
  storageState: async (
    { storageState, signedInAs: as, signInPath: path, baseURL },
    use,
    { project },
  ) => {
    const state =
      as === undefined
        ? storageState
        : await storageStateOf({ as, path, baseURL, folder: project.outputDir })
    await use(state)
  },
}
