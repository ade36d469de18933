import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'
import { loginUrlOf, requestLogin } from '../login-request.js'

/** The errors of a silent sign-in. The provider sends these errors only to a registered redirect URI. */
const SILENT = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]

/** The codes for a redirect URI that the registration does not contain. */
const NOT_REGISTERED = /AADSTS50011\b|AADSTS500112\b|AADB2C90006\b/
const UNKNOWN_APP = /AADSTS700016\b|AADB2C90007\b/
const UNKNOWN_TENANT = /AADSTS90002\b|AADSTS900023\b/

/** Checks whether the redirect URI is registered, with a silent sign-in at the provider. */
export const redirectUri: Check = {
  name: 'redirect-uri',
  looksAt: 'whether the redirect URI follows the rules of the provider and is registered',
  async run(evidence) {
    const uri = evidence.redirectUri
    if (evidence.subject.kind !== 'web') return skipped('An API does not have a redirect URI.')
    if (uri === undefined) return skipped('The settings do not contain a redirect URI.')
    const rules = ruleFindings(uri, evidence)
    return [...rules, await askProvider(uri, evidence)]
  },
}

function ruleFindings(uri: URL, evidence: Evidence): Finding[] {
  const findings: Finding[] = []
  if (uri.hostname === '[::1]' && evidence.authority !== undefined)
    findings.push(
      error(
        'Entra ID does not support [::1] in redirect URIs.',
        'Use http://localhost in IDENTITY_REDIRECT_URI and in the registration.',
      ),
    )
  const isLocal = /^(localhost|127\..*|\[::1\])$/.test(uri.hostname)
  if (isLocal && evidence.subject.variables.all['NODE_ENV'] === 'production')
    findings.push(
      warning(
        `NODE_ENV is production, but the redirect URI ${uri.href} is on the computer of the user.`,
        'Set IDENTITY_REDIRECT_URI of the production environment to its https URL.',
      ),
    )
  return findings
}

async function askProvider(uri: URL, evidence: Evidence): Promise<Finding> {
  const provider = await evidence.provider()
  const app = evidence.app()
  if (app === undefined || provider === undefined || evidence.clientId === undefined)
    return skipped('Settings are missing, see "settings".')
  if (provider.error !== undefined)
    return skipped('The provider does not respond, see "discovery".')
  const login = await app.handle(requestLogin(loginUrlOf(uri, app.paths.login)))
  const location = login?.headers.get('location') ?? null
  if (location === null)
    return skipped('With these settings, the app does not redirect to the provider.')
  const url = new URL(location)
  // The provider does not show a page, and responds to the redirect URI at once.
  url.searchParams.set('prompt', 'none')
  url.searchParams.set('response_mode', 'query')
  const response = await evidence.fetch(url, { headers: { accept: 'text/html' } })
  return judge(response, { uri, text: await response.text(), clientId: evidence.clientId })
}

interface Asked {
  readonly uri: URL
  /** The text of the provider's page. */
  readonly text: string
  readonly clientId: string
}

function judge(response: Response, { uri, text, clientId }: Asked): Finding {
  const target = response.headers.get('location')
  if (target !== null && URL.canParse(target) && isSame(new URL(target), uri)) {
    const { searchParams } = new URL(target)
    const name = searchParams.get('error')
    if (name === null || SILENT.includes(name)) return ok(`${uri.href} is registered.`)
    const [code] = /AAD(?:STS|B2C)\d+/.exec(searchParams.get('error_description') ?? '') ?? []
    return warning(
      `${uri.href} is registered, but the provider rejects the sign-in with the error ${quote(name)}${code === undefined ? '' : ` (${code})`}.`,
      'For Microsoft, search docs/microsoft-errors.md for the code. For another provider, search its documentation for the error.',
    )
  }
  if (NOT_REGISTERED.test(text) || (response.status === 400 && /redirect.?ur[il]/i.test(text)))
    return error(
      `The registration of ${clientId} does not contain the redirect URI ${uri.href}.${codeIn(text, NOT_REGISTERED)}`,
      'Open Authentication in the app registration, and add exactly this URI to the platform Web. If the URI is wrong, change IDENTITY_REDIRECT_URI.',
    )
  if (UNKNOWN_APP.test(text))
    return error(
      `The tenant does not contain an app registration with the client ID ${clientId}.${codeIn(text, UNKNOWN_APP)}`,
      'Compare IDENTITY_CLIENT_ID and the tenant in IDENTITY_AUTHORITY with the overview of the app registration.',
    )
  if (UNKNOWN_TENANT.test(text))
    return error(
      `The tenant in the authority does not exist.${codeIn(text, UNKNOWN_TENANT)}`,
      'Correct the tenant in IDENTITY_AUTHORITY.',
    )
  if (response.status >= 400)
    return error(
      `The provider rejects the authorization request with the status ${response.status}.`,
      `Check that the client ID ${clientId} and the redirect URI ${uri.href} are registered at the provider.`,
    )
  return skipped(
    'The provider shows a page, so this check cannot see its response. Sign in once to check the redirect URI.',
  )
}

function isSame(target: URL, uri: URL): boolean {
  return target.origin === uri.origin && target.pathname === uri.pathname
}

function codeIn(text: string, pattern: RegExp): string {
  const [code] = pattern.exec(text) ?? []
  return code === undefined ? '' : ` (${code})`
}

/** Returns a value of the provider for a message, but only if the value is a word. */
function quote(value: string): string {
  return /^[\w.-]{1,60}$/.test(value) ? value : 'unknown'
}
