import { isClaimsRequest } from '../../client/index.ts'
import {
  failedChecks,
  isDuration,
  isFunction,
  isScopes,
  isString,
  type Checks,
} from '../../settings/check-values.ts'
import type { FailedCheck } from '../../settings/problems.ts'
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
  claimsRequest: {
    isValid: isClaimsRequest,
    message:
      "claimsRequest must be an object, for example Auth({ claimsRequest: { id_token: { acrs: { essential: true, value: 'c1' } } } }).",
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
  responseMode: {
    isValid: (value) => value === 'query' || value === 'form_post',
    message:
      "responseMode must be 'query' or 'form_post', for example Auth({ responseMode: 'form_post' }).",
  },
  maxAgeSeconds: {
    isValid: (value) => value === 0 || isDuration(value),
    message:
      'maxAgeSeconds must be 0 or a positive number, for example Auth({ maxAgeSeconds: 3600 }).',
  },
  revalidateUserSeconds: {
    isValid: isDuration,
    message:
      'revalidateUserSeconds must be a positive number, for example Auth({ revalidateUserSeconds: 3600 }).',
  },
  userInfo: {
    isValid: (value) => value === 'auto' || typeof value === 'boolean',
    message: "userInfo must be 'auto', true or false, for example Auth({ userInfo: true }).",
  },
  onLogin: {
    isValid: isFunction,
    message:
      'onLogin must be a function, for example Auth({ onLogin: (claims) => ({ id: claims.sub }) }).',
  },
  onRefresh: {
    isValid: isFunction,
    message:
      'onRefresh must be a function, for example Auth({ onRefresh: (user) => findUser(user.id) }).',
  },
  onLogout: {
    isValid: isFunction,
    message: 'onLogout must be a function, for example Auth({ onLogout: (user) => forget(user) }).',
  },
  'session.idleTimeoutSeconds': {
    isValid: isDuration,
    message:
      'session.idleTimeoutSeconds must be a positive number, for example Auth({ session: { idleTimeoutSeconds: 86400 } }).',
  },
  'session.storeTimeoutSeconds': {
    isValid: isDuration,
    message:
      'session.storeTimeoutSeconds must be a positive number, for example Auth({ session: { storeTimeoutSeconds: 1 } }).',
  },
  'session.absoluteTimeoutSeconds': {
    isValid: isDuration,
    message:
      'session.absoluteTimeoutSeconds must be a positive number, for example Auth({ session: { absoluteTimeoutSeconds: 604800 } }).',
  },
}

/** Returns a failed check for each value that is not valid. */
export function valueProblems<User>(given: AuthOptions<User>): FailedCheck[] {
  const { session } = given
  const values: Readonly<Record<string, unknown>> = {
    ...given,
    'session.idleTimeoutSeconds': session?.idleTimeoutSeconds,
    'session.absoluteTimeoutSeconds': session?.absoluteTimeoutSeconds,
    'session.storeTimeoutSeconds': session?.storeTimeoutSeconds,
  }
  const isUseless = given.revalidateUserSeconds !== undefined && given.onRefresh === undefined
  return [
    ...failedChecks(values, AUTH_CHECKS),
    ...storeProblems(session),
    ...(isUseless
      ? [
          {
            option: 'revalidateUserSeconds',
            message:
              'revalidateUserSeconds has no effect without onRefresh. Set Auth({ onRefresh }) too, or remove revalidateUserSeconds.',
          },
        ]
      : []),
  ]
}
