import {
  b2cUrl,
  isSecureUrl,
  microsoftAuthority,
  oidcAuthority,
  type Authority,
  type B2cOptions,
} from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { FailedCheck } from './problems.ts'
import type { Environment, ProviderOptions } from './provider-options.ts'

/** The authority that users sign in at, and the other user flows of Azure AD B2C. */
export interface ResolvedAuthority {
  readonly authority: Authority
  readonly userFlows: Readonly<Partial<Record<UserFlow, Authority>>>
}

/** An Azure AD B2C user flow that is not the sign-in user flow. */
export type UserFlow = 'edit_profile' | 'reset_password'

const VARIABLES = {
  authority: 'IDENTITY_AUTHORITY',
  oidcAuthority: 'IDENTITY_OIDC_AUTHORITY',
  b2c: 'IDENTITY_B2C_TENANT_NAME',
} as const
const EXAMPLES: Readonly<Record<AuthorityOption, string>> = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com for Entra ID',
  oidcAuthority: 'https://accounts.example.com for any other provider',
  b2c: 'fabrikam for a tenant of Azure AD B2C',
}
const B2C_VARIABLES: Readonly<Record<keyof B2cOptions, string>> = {
  tenantName: 'IDENTITY_B2C_TENANT_NAME',
  customDomain: 'IDENTITY_B2C_CUSTOM_DOMAIN',
  signUpSignInUserFlow: 'IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW',
  editProfileUserFlow: 'IDENTITY_B2C_EDIT_PROFILE_USER_FLOW',
  resetPasswordUserFlow: 'IDENTITY_B2C_RESET_PASSWORD_USER_FLOW',
}

type AuthorityOption = keyof typeof VARIABLES
const AUTHORITY_OPTIONS = Object.keys(VARIABLES) as readonly AuthorityOption[]

/**
 * Returns the Azure AD B2C options. If an option is missing in the code, its environment variable is used.
 *
 * @returns `undefined` if the code and the environment do not contain these options.
 */
export function withB2cEnvironment(
  inCode: B2cOptions | undefined,
  environment: Environment,
): B2cOptions | undefined {
  if (!hasValue(inCode) && !environment[VARIABLES.b2c]) return undefined
  const names = Object.keys(B2C_VARIABLES) as (keyof B2cOptions)[]
  const values = names.map((name): [string, string | undefined] => [
    name,
    inCode?.[name] ?? (environment[B2C_VARIABLES[name]] || undefined),
  ])
  return Object.fromEntries(values) as B2cOptions
}

/** The official samples pass every setting, also those that are not set. */
function hasValue(b2c: B2cOptions | undefined): boolean {
  return Object.values(b2c ?? {}).some((value) => value !== undefined && value !== '')
}

/**
 * Returns the configured authority. An authority in the code takes precedence over any authority in the environment.
 *
 * @param given - The options, including the values of the environment.
 * @param inCode - The options without the values of the environment.
 * @param problems - Receives each failed check.
 */
export function resolveAuthority(
  given: ProviderOptions,
  inCode: ProviderOptions,
  problems: FailedCheck[],
): ResolvedAuthority | undefined {
  const inCodeOptions = AUTHORITY_OPTIONS.filter((option) =>
    option === 'b2c' ? hasValue(inCode.b2c) : Boolean(inCode[option]),
  )
  const used =
    inCodeOptions.length > 0
      ? inCodeOptions
      : AUTHORITY_OPTIONS.filter((option) => given[option] !== undefined)
  const [option, second] = used
  if (option === undefined) {
    problems.push({
      option: 'authority',
      message:
        'authority is not configured. Set Auth({ authority }) or IDENTITY_AUTHORITY, for example https://login.microsoftonline.com/contoso.onmicrosoft.com. For another provider, set Auth({ oidcAuthority }) or IDENTITY_OIDC_AUTHORITY, for example https://accounts.example.com. For Azure AD B2C, set Auth({ b2c: { tenantName, signUpSignInUserFlow } }) or IDENTITY_B2C_TENANT_NAME and IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW, for example fabrikam and B2C_1_susi.',
    })
    return undefined
  }
  if (second !== undefined) {
    const named = used.map(
      (one) => `Auth({ ${one} }) or ${VARIABLES[one]}, for example ${EXAMPLES[one]}`,
    )
    problems.push({
      option: second,
      message: `${used.join(' and ')} are both configured. Keep only one of them: ${named.join(', ')}.`,
    })
    return undefined
  }
  try {
    return toAuthority(option, given, problems)
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    problems.push({
      option,
      message: `${error.message} The authority comes from Auth({ ${option} }) or ${VARIABLES[option]}.`,
    })
    return undefined
  }
}

function toAuthority(
  option: AuthorityOption,
  { authority = '', oidcAuthority: oidc = '', b2c, tenants }: ProviderOptions,
  problems: FailedCheck[],
): ResolvedAuthority | undefined {
  if (option === 'authority') {
    return { authority: microsoftAuthority(authority, tenants), userFlows: {} }
  }
  if (option === 'oidcAuthority') {
    return { authority: oidcAuthority(oidc, tenants), userFlows: {} }
  }
  return b2c === undefined ? undefined : resolveB2c(b2c, tenants, problems)
}

const REQUIRED_B2C_OPTIONS = ['tenantName', 'signUpSignInUserFlow'] as const

function resolveB2c(
  b2c: B2cOptions,
  tenants: ProviderOptions['tenants'],
  problems: FailedCheck[],
): ResolvedAuthority | undefined {
  const b2cProblems: FailedCheck[] = [
    ...REQUIRED_B2C_OPTIONS.filter((name) => !b2c[name]).map((name) => ({
      option: `b2c.${name}`,
      message: `b2c.${name} is not configured. Set Auth({ b2c: { ${name} } }) or ${B2C_VARIABLES[name]}, for example ${name === 'tenantName' ? 'fabrikam for fabrikam.onmicrosoft.com' : 'B2C_1_susi'}.`,
    })),
    ...(b2c.tenantName && !/^[\w-]+$/.test(b2c.tenantName)
      ? [
          {
            option: 'b2c.tenantName',
            message: `b2c.tenantName must be the first part of the tenant's domain. Set Auth({ b2c: { tenantName } }) or ${B2C_VARIABLES.tenantName}, for example fabrikam for fabrikam.onmicrosoft.com.`,
          },
        ]
      : []),
    ...(b2c.customDomain && !isServer(b2cUrl(b2c, ''))
      ? [
          {
            option: 'b2c.customDomain',
            message: `b2c.customDomain must be a domain. Set Auth({ b2c: { customDomain } }) or ${B2C_VARIABLES.customDomain}, for example login.fabrikam.com.`,
          },
        ]
      : []),
  ]
  problems.push(...b2cProblems)
  if (b2cProblems.length > 0) return undefined
  const toPolicy = (userFlow: string): Authority =>
    microsoftAuthority(b2cUrl(b2c, userFlow), tenants)
  const { signUpSignInUserFlow = '', editProfileUserFlow, resetPasswordUserFlow } = b2c
  return {
    authority: toPolicy(signUpSignInUserFlow),
    userFlows: {
      ...(editProfileUserFlow && { edit_profile: toPolicy(editProfileUserFlow) }),
      ...(resetPasswordUserFlow && { reset_password: toPolicy(resetPasswordUserFlow) }),
    },
  }
}

function isServer(url: string): boolean {
  return URL.canParse(url) && isSecureUrl(new URL(url))
}
