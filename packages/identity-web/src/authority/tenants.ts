import { IdentityError } from '../errors.ts'

/**
 * Who may sign in through an authority that serves many tenants: `'any'` account, `'work'` or school
 * accounts only, or the tenants of a list (their ids).
 *
 * @example
 * ```ts
 * const tenants: TenantPolicy = ['11111111-2222-3333-4444-555555555555']
 * ```
 * @public
 */
export type TenantPolicy = 'any' | 'work' | readonly string[]

/** The tenant of all personal Microsoft accounts. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The names that stand for the accounts of many tenants, or of the one that personal accounts have. */
export function isMetaTenant(tenant: string): boolean {
  return ['common', 'organizations', 'consumers'].includes(tenant.toLowerCase())
}

export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value)
}

/**
 * Lets a tenant in or throws.
 *
 * @throws IdentityError `access_denied`, naming the tenant and the option that would let it in.
 */
export function assertTenantAllowed(tid: string, policy: TenantPolicy): void {
  const tenant = tid.toLowerCase()
  if (policy === 'any') return
  if (policy === 'work') {
    if (tenant !== CONSUMERS_TENANT) return
    throw new IdentityError(
      'access_denied',
      'Personal accounts may not sign in to this application.',
      {
        hint: "To let personal accounts in, set the option tenants: 'any'.",
      },
    )
  }
  if (policy.some((allowed) => allowed.toLowerCase() === tenant)) return
  throw new IdentityError(
    'access_denied',
    `The tenant ${tenant} may not sign in to this application.`,
    {
      hint: `To let it in, add '${tenant}' to the list of the option tenants.`,
    },
  )
}
