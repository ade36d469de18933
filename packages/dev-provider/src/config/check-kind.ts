import type { TenantConfig } from './config.js'

const USER_FLOWS = ['signUpSignIn', 'editProfile', 'resetPassword'] as const

/** Checks the domains and the kind of a tenant, and the policies of an Azure AD B2C tenant. */
export function checkKind(
  { kind, userFlows, domains }: TenantConfig,
  at: string,
  report: (where: string, problem: string) => void,
): void {
  if (Array.isArray(domains) && domains.length === 0) {
    report(`${at}.domains`, 'must contain at least one domain name')
  }
  if (kind !== 'b2c') {
    if (userFlows !== undefined) report(`${at}.userFlows`, "is only allowed for the kind 'b2c'")
    return
  }
  // The value may come from a JSON file.
  const flows: unknown = userFlows
  if (typeof flows !== 'object' || flows === null) {
    report(`${at}.userFlows`, `must be an object with ${USER_FLOWS.join(', ')}`)
    return
  }
  const names = USER_FLOWS.map((key) => (flows as Record<string, unknown>)[key])
  names.forEach((name, index) => {
    if (typeof name === 'string' && /^B2C_1A?_[\w-]+$/i.test(name)) return
    report(
      `${at}.userFlows.${USER_FLOWS[index] ?? ''}`,
      'must be the name of a policy, for example B2C_1_susi',
    )
  })
  if (new Set(names.map((name) => String(name).toLowerCase())).size < names.length) {
    report(`${at}.userFlows`, 'must contain three different policies')
  }
}
