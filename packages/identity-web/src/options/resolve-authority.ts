// Resolves the provider, and user flows of B2C.
import {
  b2cUrl,
  microsoftAuthority,
  oidcAuthority,
  type Authority,
  type B2cOptions,
} from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { Environment } from '../host-traits.ts'
import { ownMembers } from '../own.ts'
import type { OptionReport } from './option-report.ts'
import { B2C_ROWS, type ProviderOptions } from './provider-options.ts'
import { definedOnly, fromEnvironment } from './rows.ts'

/** The authority that users sign in at, and the other user flows of Azure AD B2C. */
export interface ResolvedAuthority {
  readonly authority: Authority
  readonly userFlows: Readonly<Partial<Record<UserFlow, Authority>>>
}

/** An Azure AD B2C user flow that is not the sign-in user flow. */
export type UserFlow = 'edit_profile' | 'reset_password'

type AuthorityOption = 'authority' | 'oidcAuthority' | 'b2c'
const AUTHORITY_OPTIONS: readonly AuthorityOption[] = ['authority', 'oidcAuthority', 'b2c']

/**
 * Returns the Azure AD B2C options. If an option is missing in the code, its environment variable is used.
 *
 * @returns `undefined` if the code and the environment do not contain these options.
 */
export function withB2cEnvironment(
  inCode: B2cOptions | undefined,
  variables: Environment,
): B2cOptions | undefined {
  if (!hasValue(inCode) && !variables['IDENTITY_B2C_TENANT_NAME']) return undefined
  return ownMembers({ ...fromEnvironment(B2C_ROWS, variables), ...definedOnly(inCode ?? {}) })
}

/**
 * Returns whether one of the settings has a value. The official samples pass every setting, even if its value is
 * `undefined`.
 */
function hasValue(b2c: B2cOptions | undefined): boolean {
  return Object.values(b2c ?? {}).some((value) => value !== undefined && value !== '')
}

/**
 * Returns the configured authority. An authority in the code takes precedence over any authority in the environment.
 *
 * @param given - The options, including the values of the environment.
 * @param inCode - The options without the values of the environment.
 */
export function resolveAuthority(
  given: ProviderOptions,
  inCode: ProviderOptions,
  report: OptionReport,
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
    const [tenant, userFlow] = [
      report.where('b2c.tenantName'),
      report.where('b2c.signUpSignInUserFlow'),
    ]
    report.addMissing(
      'authority',
      ` For another provider, set ${report.where('oidcAuthority')}. For Azure AD B2C, set ${tenant}, and ${userFlow}.`,
    )
    return undefined
  }
  if (second !== undefined) {
    report.addMessage(
      second,
      `${used.join(' and ')} are both configured. Keep only one of them: ${used.map((one) => report.where(one)).join(', ')}.`,
    )
    return undefined
  }
  try {
    return toAuthority(option, given, report)
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    report.addMessage(option, `${error.message} The authority comes from ${report.places(option)}.`)
    return undefined
  }
}

function toAuthority(
  option: AuthorityOption,
  { authority = '', oidcAuthority: oidc = '', b2c = {}, tenants }: ProviderOptions,
  report: OptionReport,
): ResolvedAuthority | undefined {
  if (option === 'b2c') return resolveB2c(b2c, tenants, report)
  const toUrl = option === 'authority' ? microsoftAuthority : oidcAuthority
  return { authority: toUrl(option === 'authority' ? authority : oidc, tenants), userFlows: {} }
}

function resolveB2c(
  b2c: B2cOptions,
  tenants: ProviderOptions['tenants'],
  report: OptionReport,
): ResolvedAuthority | undefined {
  for (const name of ['tenantName', 'signUpSignInUserFlow'] as const) {
    if (!b2c[name]) report.addMissing(`b2c.${name}`)
  }
  if (report.hasProblem('b2c')) return undefined
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
