import type { SignInOptions } from '../../controls/visit.js'
import { pageName, readAccounts } from '../../controls/html-form.js'
import {
  createPageActions,
  nextStep,
  type NextStep,
  type PageActions,
} from '../../controls/page-actions.js'
import { runningProviders } from '../../running-providers.js'

/** The user on the provider's pages. */
export interface ProviderVisit {
  /**
   * Returns the next step, or `undefined` when the page does not belong to a provider.
   *
   * @throws Error when the user cannot continue on this page.
   */
  next(url: URL, html: string): NextStep | undefined
  /** @throws Error when no page showed the button that the user presses. */
  end(url: URL): void
}

/** Creates a user's visit, in which the user presses the button in `press` once. */
export function createVisit(options: SignInOptions): ProviderVisit {
  let actions: PageActions | undefined
  const actionsOn = (url: URL, html: string): PageActions =>
    (actions ??= createPageActions({
      ...options,
      origin: url.origin,
      username: usernameOf(url, html, options.as),
      consent: options.consent ?? true,
      cookies: new Map(),
      ca: undefined,
    }))
  return {
    end(url) {
      if (options.press !== undefined) actionsOn(url, '').end({ url })
    },
    next(url, html) {
      return pageName(html) === undefined
        ? undefined
        : nextStep(() => actionsOn(url, html), url, html)
    },
  }
}

/** Returns an account's user name. The page shows the accounts of a provider in another process. */
function usernameOf({ origin }: URL, html: string, as: string | undefined): string {
  const names = readAccounts(html)
  if (as === undefined) return names[0] ?? ''
  const provider = runningProviders().get(origin)
  if (provider !== undefined) return provider.user(as).username
  const wanted = as.toLowerCase()
  const username = names.find((name) => {
    const lower = name.toLowerCase()
    return lower === wanted || lower.startsWith(`${wanted}@`)
  })
  if (username !== undefined || names.length === 0) return username ?? as
  throw new TypeError(
    `The page does not offer the account '${as}'. Use one of these user names: ${names.join(', ')}`,
  )
}
