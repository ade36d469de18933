import type { Report } from './check-shape.js'
import { isGuid, isObject } from './value-checks.js'

/** Checks the tenants that a user belongs to. The types of the values may be wrong. */
export function checkUserTenants(
  { tenant, guestOf = [] }: Readonly<Record<string, unknown>>,
  at: string,
  isTenant: (id: unknown) => boolean,
  report: Report,
): void {
  if (!isTenant(tenant)) report(`${at}.tenant`, 'must be the id of an entry in tenants')
  if (!Array.isArray(guestOf)) return
  guestOf.forEach((guest: unknown, index) => {
    const { tenant: host, oid } = isObject(guest) ? guest : {}
    if (!isTenant(host)) {
      report(`${at}.guestOf[${index}].tenant`, 'must be the id of an entry in tenants')
    }
    if (!isGuid(oid)) report(`${at}.guestOf[${index}].oid`, 'must be a GUID')
  })
}
