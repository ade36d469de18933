import {
  assert,
  expectPage,
  isSignedIn,
  logsOf,
  signIn,
  visit,
  type Step,
  type StepContext,
} from '../step.ts'
import type { Page } from 'playwright-core'

/** Waits until the session has ended. The provider may send its request a moment later. */
async function waitForEnd(context: StepContext, page: Page): Promise<void> {
  const end = Date.now() + 10_000
  while (Date.now() < end) {
    if (!(await isSignedIn(context, page))) return
    await page.waitForTimeout(200)
  }
  assert.fail(`The session did not end.\n${logsOf(context)}`)
}

const signOutAtProvider =
  (expected: RegExp): Step['run'] =>
  async (context) => {
    context.site.connect(context.provider)
    const page = await signIn(context)
    await context.provider.signOutAtProvider?.(page)
    await waitForEnd(context, page)
    assert.match(context.site.logs.join('\n'), expected)
  }

export const signOutSteps: readonly Step[] = [
  {
    name: 'Sign out at the provider too, and return',
    needs: 'end-session',
    async run(context) {
      context.site.connect(context.provider)
      const page = await signIn(context)
      const result = await visit(context, page, '/logout')
      expectPage(context, result)
      assert.equal(page.url(), `${context.site.origin}/`)
      assert.equal(await isSignedIn(context, page), false)
    },
  },
  {
    name: 'Back-channel logout',
    needs: 'back-channel',
    run: signOutAtProvider(/A user signed out at the provider/),
  },
  {
    name: 'Front-channel logout',
    needs: 'front-channel',
    run: signOutAtProvider(/signed out/),
  },
]
