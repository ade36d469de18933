import { isGuid, isSecureUrl } from '../../authority/index.ts'
import { claimsFromOutside, credentialProblems } from '../../client/index.ts'
import type { AuthOptions } from './options.ts'

/** What the value of an option must be, and what to say of one that isn't. Absent values are not checked. */
interface Check {
  readonly isValid: (value: unknown) => boolean
  /** What is wrong, the option, its variable, an example. */
  readonly message: string
}

const PROMPTS: readonly unknown[] = ['login', 'none', 'consent', 'select_account', 'create']

const CHECKS: Readonly<Record<string, Check>> = {
  clientId: {
    isValid: isText,
    message:
      'clientId must be a string. Change Auth({ clientId }) or IDENTITY_CLIENT_ID, for example 11111111-2222-3333-4444-555555555555.',
  },
  clientSecret: {
    isValid: isText,
    message:
      'clientSecret must be a string. Change Auth({ clientSecret }) or IDENTITY_CLIENT_SECRET, for example the value under Certificates & secrets of the app registration.',
  },
  loginHint: {
    isValid: isText,
    message: "loginHint must be a string, for example Auth({ loginHint: 'ann@contoso.com' }).",
  },
  domainHint: {
    isValid: isText,
    message: "domainHint must be a string, for example Auth({ domainHint: 'contoso.com' }).",
  },
  scopes: {
    isValid: isScopes,
    message:
      "scopes must be a list of strings or one string with spaces between the scopes. Change Auth({ scopes }) or IDENTITY_SCOPE, for example Auth({ scopes: ['User.Read'] }) or IDENTITY_SCOPE=User.Read.",
  },
  scope: {
    isValid: isScopes,
    message:
      "scope must be a list of strings or one string with spaces between the scopes. Change Auth({ scope }) or IDENTITY_SCOPE, for example Auth({ scope: 'User.Read' }) or IDENTITY_SCOPE=User.Read.",
  },
  tenants: {
    isValid: (value) =>
      value === 'any' || value === 'work' || (Array.isArray(value) && value.every(isGuid)),
    message:
      "tenants must be 'any', 'work' or a list of tenant ids, for example Auth({ tenants: ['11111111-2222-3333-4444-555555555555'] }).",
  },
  clientCapabilities: {
    isValid: isTexts,
    message:
      "clientCapabilities must be a list, for example Auth({ clientCapabilities: ['cp1'] }).",
  },
  claims: {
    isValid: (value) => claimsFromOutside(value) !== undefined,
    message: `claims must be a claims request as JSON text, for example Auth({ claims: '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}' }).`,
  },
  prompt: {
    isValid: (value) => PROMPTS.includes(value),
    message: `prompt must be one of ${PROMPTS.join(', ')}, for example Auth({ prompt: 'select_account' }).`,
  },
  postLogoutRedirectUri: {
    isValid: (value) => URL.canParse(String(value)),
    message:
      'post_logout_redirect_uri is not an absolute URL. Change Auth({ postLogoutRedirectUri }), for example https://example.com/goodbye.',
  },
  endpoint: {
    isValid: (value) => URL.canParse(String(value)) && isSecureUrl(new URL(String(value))),
    message:
      'endpoint must be an https:// URL (http:// only on localhost): access tokens are sent to it. Change Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.',
  },
  responseMode: {
    isValid: (value) => value === 'query' || value === 'form_post',
    message:
      "responseMode must be 'query' or 'form_post', for example Auth({ responseMode: 'form_post' }).",
  },
  timeout: {
    isValid: isDuration,
    message: 'timeout must be a number of seconds above 0, for example Auth({ timeout: 10 }).',
  },
  maxAge: {
    isValid: (value) => value === 0 || isDuration(value),
    message:
      'maxAge must be 0 or a number of seconds above it, for example Auth({ maxAge: 3600 }).',
  },
  'session.idle': {
    isValid: isDuration,
    message:
      'session.idle must be a number of seconds above 0, for example Auth({ session: { idle: 86400 } }).',
  },
  'session.absolute': {
    isValid: isDuration,
    message:
      'session.absolute must be a number of seconds above 0, for example Auth({ session: { absolute: 604800 } }).',
  },
}

/** A sentence for each value that can't be used. */
export function valueProblems<User>(given: AuthOptions<User>): string[] {
  const { clientCredential, clientSecret, session } = given
  const values: Readonly<Record<string, unknown>> = {
    ...given,
    'session.idle': session?.idle,
    'session.absolute': session?.absolute,
  }
  const problems = clientCredential === undefined ? [] : credentialProblems(clientCredential)
  const hasTwo = clientCredential !== undefined && clientSecret !== undefined
  if (hasTwo && clientCredential !== clientSecret) {
    problems.push(
      'client_credential and client_secret are both configured, with different values. Set Auth({ clientCredential }) alone, for example Auth({ clientCredential: process.env.IDENTITY_CLIENT_SECRET }).',
    )
  }
  for (const [name, { isValid, message }] of Object.entries(CHECKS)) {
    const value = values[name]
    if (value !== undefined && !isValid(value)) problems.push(message)
  }
  return problems
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

function isScopes(value: unknown): boolean {
  return isText(value) || isTexts(value)
}

function isDuration(value: unknown): boolean {
  return Number.isFinite(value) && Number(value) > 0
}
