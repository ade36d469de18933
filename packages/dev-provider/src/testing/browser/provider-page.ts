import type { SignInOptions } from '../../controls/visit.js'
import {
  pageName,
  readAccounts,
  readContinueUrl,
  readForm,
  readMessage,
} from '../../controls/html-form.js'
import { createPageActions, type PageActions } from '../../controls/page-actions.js'
import { runningProviders } from '../../running-providers.js'

/** The next request of a user who is on a provider page. */
export interface NextStep {
  readonly url: URL
  /** The fields of a form to post. Without them, the user follows a link. */
  readonly form?: Readonly<Record<string, string>>
}

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
      const name = pageName(html)
      if (name === undefined) return undefined
      if (name === 'signed-out') {
        const target = readContinueUrl(html)
        return target === undefined ? undefined : { url: target }
      }
      const form = readForm(html)
      const action = form === undefined ? undefined : actionsOn(url, html).onPage(name, html)
      if (form === undefined || action === undefined) {
        throw new Error(`The sign-in stopped at the page "${name}": ${readMessage(html)}`)
      }
      const target = new URL(form.action, url)
      return { url: target, form: action === 'leave' ? form.fields : { ...form.fields, ...action } }
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
