import type { Express } from 'express'
import type { Locator, Page } from 'playwright-core'

/** Signs in at the provider, until the page of the application shows the user. */
export async function finishSignIn(tab: Page, signedIn: Locator): Promise<void> {
  // The provider can have a session, and the user can have consented.
  const choices = tab.getByRole('button', { name: /Alex|Accept/i })
  for (;;) {
    await choices.or(signedIn).first().waitFor()
    if (await signedIn.isVisible()) return
    await choices.first().click()
  }
}

/** Endpoints whose errors are not those of a guard, although some look like them. */
export function declareErrors(app: Express): void {
  const send = (path: string, code: number, body: string | object): void =>
    void app.get(path, (_req, res) => void res.status(code).send(body))
  send('/api/upstream-401', 401, { error: 'login_required' })
  send('/api/imitated-401', 401, { error: 'login_required', loginUrl: '/other/login' })
  send('/api/foreign-url-401', 401, {
    error: 'login_required',
    loginUrl: 'https://evil.example/login',
  })
  send('/api/html-401', 401, '<h1>Sign in</h1>')
  send('/api/403', 403, { error: 'access_denied', loginUrl: '/login' })
  send('/api/500', 500, 'broken')
}
