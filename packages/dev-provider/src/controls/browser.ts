import { createPageActions, nextStep } from './page-actions.js'
import { sendRequest } from './send-request.js'
import { pageName } from './html-form.js'
import type { SignInResult, Visit } from './visit.js'

interface Page {
  readonly url: URL
  readonly location: string | undefined
  readonly body: string
}

// A sign-in needs at most an account page, a consent page and two redirects.
const MAX_STEPS = 10

/**
 * Simulates a browser on the provider's pages, until the provider sends it to an app or to a page in `lastPage`.
 *
 * @throws Error when a page has no form that the simulated user can send, or after ten steps.
 */
export async function browse(
  start: URL,
  visit: Visit,
  options: { readonly form?: Record<string, string>; readonly lastPage?: readonly string[] } = {},
): Promise<SignInResult> {
  const actions = createPageActions(visit)
  let page = await load(start, visit, options.form)
  for (let count = 0; count < MAX_STEPS; count++) {
    if (page.location !== undefined) {
      const next = new URL(page.location, page.url)
      if (next.origin !== visit.origin) return actions.end({ url: next })
      page = await load(next, visit)
      continue
    }
    const name = pageName(page.body) ?? 'unknown'
    if (options.lastPage?.includes(name)) return actions.end({ url: page.url })
    const step = nextStep(() => actions, page.url, page.body)
    if (step?.form === undefined) return { url: step?.url ?? page.url }
    if (step.isLeaving === true) return actions.end({ url: step.url, form: step.form })
    page = await load(step.url, visit, step.form)
  }
  throw new Error(
    `The simulated sign-in did not end after ${MAX_STEPS} steps. Check the authorization URL.`,
  )
}

async function load(url: URL, visit: Visit, form?: Record<string, string>): Promise<Page> {
  const { cookies, ca } = visit
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  // `fetch` cannot trust the certificate of the provider.
  const response = await sendRequest(toReachableUrl(url, visit), {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      host: url.host,
      ...(cookie !== '' && { cookie }),
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body: form === undefined ? undefined : new URLSearchParams(form).toString(),
    ca,
  })
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
  const location = response.headers.get('location') ?? undefined
  return { url, location, body: response.body.toString() }
}

/** Replaces the provider's origin, which can be a name that this process does not know. */
function toReachableUrl(url: URL, { origin, connectTo }: Visit): URL {
  if (connectTo === undefined || url.origin !== origin) return url
  const target = new URL(url)
  const { protocol, host } = new URL(connectTo)
  target.protocol = protocol
  target.host = host
  return target
}
