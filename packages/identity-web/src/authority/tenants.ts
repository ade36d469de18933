import { IdentityError } from '../errors.ts'

/**
 * The tenants whose users may sign in at an authority for many tenants.
 *
 * - `'any'`: all accounts
 * - `'work'`: work and school accounts, but not personal accounts
 * - a list: the tenants with these IDs
 *
 * @example
 * ```ts
 * const tenants: TenantPolicy = ['11111111-2222-3333-4444-555555555555']
 * ```
 * @public
 */
export type TenantPolicy = 'any' | 'work' | readonly string[]

/** The ID of the tenant that contains all personal Microsoft accounts. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Returns whether a tenant is `common`, `organizations` or `consumers` and not a single tenant. */
export function isMetaTenant(tenant: string): boolean {
  return ['common', 'organizations', 'consumers'].includes(tenant.toLowerCase())
}

export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value)
}

/**
 * Checks that users of a tenant may sign in.
 *
 * @throws IdentityError `access_denied` with the tenant and the option that allows it.
 */
export function assertTenantAllowed(tid: string, policy: TenantPolicy): void {
  const tenant = tid.toLowerCase()
  if (policy === 'any') return
  if (policy === 'work') {
    if (tenant !== CONSUMERS_TENANT) return
    throw new IdentityError(
      'access_denied',
      'Personal accounts are not allowed to use this application.',
      {
        hint: "To allow personal accounts, set tenants: 'any'.",
      },
    )
  }
  if (policy.some((allowed) => allowed.toLowerCase() === tenant)) return
  throw new IdentityError(
    'access_denied',
    `The tenant ${tenant} is not allowed to use this application.`,
    {
      hint: `To allow this tenant, add '${tenant}' to the list in tenants.`,
    },
  )
}
