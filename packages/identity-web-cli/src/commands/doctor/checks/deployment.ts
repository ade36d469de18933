import { loginUrlOf, NAVIGATION } from '../login-request.js'
import { explainError } from '../explain-error.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

/** Checks the login route of a deployed application, as a browser sees it. */
export const deployment: Check = {
  name: 'deployment',
  looksAt:
    'whether the login route of --url uses https, keeps its cookies, and sends the right redirect URI and client ID',
  async run(evidence) {
    const { url } = evidence.choices
    if (url === undefined) return skipped('Set the URL of the deployed app with --url.')
    if (evidence.subject.kind !== 'web') return skipped('An API does not have a login route.')
    const path = evidence.app()?.paths.login
    if (path === undefined) return skipped('Settings are missing, see "settings".')
    const target = loginUrlOf(url, path)
    const isLocal = /^(localhost|127\..*|\[::1\])$/.test(url.hostname)
    if (url.protocol === 'http:' && !isLocal)
      return error(
        `${url.origin} does not use https, so cookies and codes are readable in the network.`,
        'Serve the app with https, and set IDENTITY_REDIRECT_URI to its https URL.',
      )
    let response: Response
    try {
      response = await evidence.fetch(target, { headers: NAVIGATION })
      await response.body?.cancel()
    } catch (cause) {
      const { found } = explainError(cause, '')
      return error(`${target.href} does not respond: ${found}`, 'Check --url, and start the app.')
    }
    return judge(response, { target, evidence, isLocal })
  },
}

interface Asked {
  readonly target: URL
  readonly evidence: Evidence
  readonly isLocal: boolean
}

function judge(response: Response, { target, evidence, isLocal }: Asked): Finding | Finding[] {
  const { status } = response
  const location = response.headers.get('location')
  if (status === 503)
    return error(
      `${target.href} responds with 503. The settings of the deployed app are wrong.`,
      'Read its log, which lists the problems of the settings.',
    )
  const redirect =
    location !== null && URL.canParse(location, target) ? new URL(location, target) : undefined
  const sent = redirect?.searchParams.get('redirect_uri') ?? undefined
  if (redirect === undefined || sent === undefined)
    return error(
      `${target.href} responds with ${status}${redirect === undefined ? '' : ` and redirects to ${redirect.origin}${redirect.pathname}`}, and does not start a sign-in.`,
      'Check that --url is the URL of the app, and that your proxy forwards the login route to the app.',
    )
  const findings = [
    redirectFinding(sent, target),
    clientFinding(redirect, evidence),
    cookieFinding(response, isLocal),
    cacheFinding(response),
  ].filter((finding) => finding !== undefined)
  return findings.length > 0
    ? findings
    : ok(`${target.href} starts a sign-in for ${target.origin}.`)
}

function redirectFinding(sent: string, { origin }: URL): Finding | undefined {
  if (URL.canParse(sent) && new URL(sent).origin === origin) return undefined
  return error(
    `The app at ${origin} sends the redirect URI ${sent}, so users return to another site after the sign-in.`,
    `Set IDENTITY_REDIRECT_URI of the deployed app to a URL of ${origin}, and register it.`,
  )
}

function clientFinding(redirect: URL, { clientId }: Evidence): Finding | undefined {
  const sent = redirect.searchParams.get('client_id')
  if (clientId === undefined || sent === clientId) return undefined
  return warning(
    `The deployed app has the client ID ${sent}, but these settings have ${clientId}.`,
    'If both should have the same app registration, correct IDENTITY_CLIENT_ID.',
  )
}

function cookieFinding(response: Response, isLocal: boolean): Finding | undefined {
  const cookies = response.headers.getSetCookie()
  if (cookies.length === 0)
    return error(
      'The response of the login route does not contain its cookie, so every sign-in fails.',
      'Configure your proxy or CDN so that it keeps the header Set-Cookie and does not cache the login route.',
    )
  if (isLocal || cookies.every((cookie) => /;\s*secure/i.test(cookie))) return undefined
  return error(
    'A cookie of the login route is not Secure.',
    'Set IDENTITY_REDIRECT_URI of the deployed app to its https URL, and check that a proxy does not change Set-Cookie.',
  )
}

function cacheFinding({ headers }: Response): Finding | undefined {
  if (/no-store/.test(headers.get('cache-control') ?? '')) return undefined
  return warning(
    'The response of the login route does not have Cache-Control: no-store, although identity-web sets this header.',
    'Check that your proxy or CDN does not change this header, and does not cache the response.',
  )
}
