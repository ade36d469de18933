import { isSecureUrl } from '../../authority/index.ts'
import { claimsFromOutside } from '../../client/index.ts'
import {
  failedChecks,
  isDuration,
  isScopes,
  isString,
  type Checks,
} from '../../settings/check-values.ts'
import type { AuthOptions } from './options.ts'
import { storeProblems } from './check-store.ts'

const PROMPTS: readonly unknown[] = ['login', 'none', 'consent', 'select_account', 'create']

const AUTH_CHECKS: Checks = {
  loginHint: {
    isValid: isString,
    message: "loginHint must be a string, for example Auth({ loginHint: 'ann@contoso.com' }).",
  },
  domainHint: {
    isValid: isString,
    message: "domainHint must be a string, for example Auth({ domainHint: 'contoso.com' }).",
  },
  scopes: {
    isValid: isScopes,
    message:
      "scopes must be an array of strings or a space-separated string. Change Auth({ scopes }) or IDENTITY_SCOPE, for example Auth({ scopes: ['User.Read'] }) or IDENTITY_SCOPE=User.Read.",
  },
  scope: {
    isValid: isScopes,
    message:
      "scope must be an array of strings or a space-separated string. Change Auth({ scope }) or IDENTITY_SCOPE, for example Auth({ scope: 'User.Read' }) or IDENTITY_SCOPE=User.Read.",
  },
  claims: {
    isValid: (value) => claimsFromOutside(value) !== undefined,
    message: `claims must be a claims request as a JSON string, for example Auth({ claims: '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}' }).`,
  },
  prompt: {
    isValid: (value) => PROMPTS.includes(value),
    message: `prompt must be one of ${PROMPTS.join(', ')}, for example Auth({ prompt: 'select_account' }).`,
  },
  postLogoutRedirectUri: {
    isValid: (value) => URL.canParse(String(value)),
    message:
      'postLogoutRedirectUri is not an absolute URL. Change Auth({ postLogoutRedirectUri }), for example https://example.com/goodbye.',
  },
  endpoint: {
    isValid: (value) => URL.canParse(String(value)) && isSecureUrl(new URL(String(value))),
    message:
      'endpoint must be an https:// URL (http:// only on localhost), because access tokens are sent to it. Change Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.',
  },
  responseMode: {
    isValid: (value) => value === 'query' || value === 'form_post',
    message:
      "responseMode must be 'query' or 'form_post', for example Auth({ responseMode: 'form_post' }).",
  },
  maxAge: {
    isValid: (value) => value === 0 || isDuration(value),
    message:
      'maxAge must be 0 or a positive number of seconds, for example Auth({ maxAge: 3600 }).',
  },
  'session.idle': {
    isValid: isDuration,
    message:
      'session.idle must be a positive number of seconds, for example Auth({ session: { idle: 86400 } }).',
  },
  'session.storeTimeout': {
    isValid: isDuration,
    message:
      'session.storeTimeout must be a positive number of seconds, for example Auth({ session: { storeTimeout: 1 } }).',
  },
  'session.absolute': {
    isValid: isDuration,
    message:
      'session.absolute must be a positive number of seconds, for example Auth({ session: { absolute: 604800 } }).',
  },
}

/** Returns a sentence for each value that is not valid. */
export function valueProblems<User>(given: AuthOptions<User>): string[] {
  const { session } = given
  const values: Readonly<Record<string, unknown>> = {
    ...given,
    'session.idle': session?.idle,
    'session.absolute': session?.absolute,
    'session.storeTimeout': session?.storeTimeout,
  }
  return [...failedChecks(values, AUTH_CHECKS), ...storeProblems(session)]
}
