import { checkKind } from './check-kind.js'
import type { Report } from './check-shape.js'
import type { TenantConfig } from './config.js'
import { isGuid, isNonEmptyString, isStringList } from './value-checks.js'

/** Checks a tenant's values, whose types may be wrong. */
export function checkTenant(tenant: TenantConfig, at: string, report: Report): void {
  if (!isGuid(tenant.id)) report(`${at}.id`, `must be a GUID, for example ${EXAMPLE_ID}`)
  if (!isNonEmptyString(tenant.name)) report(`${at}.name`, 'must be a non-empty string')
  checkKind(tenant, at, report)
  if (!isStringList(tenant.domains) || tenant.domains.length === 0) {
    report(`${at}.domains`, 'must contain at least one domain name')
  } else if (tenant.domains.some((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain))) {
    report(`${at}.domains`, 'must contain domain names, for example contoso.onmicrosoft.com')
  }
}

/** A GUID for error messages. */
export const EXAMPLE_ID = 'd0000000-0000-4000-8000-000000000005'
