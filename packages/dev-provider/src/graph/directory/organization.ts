import type { TenantConfig } from '../../config/config.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { pathParam, type GraphCall } from '../call.js'
import { notFound } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection, respondWithEntity } from '../odata/respond.js'
import { organizationType } from './entity-types.js'

/** Handles `/organization`, which contains the tenant of the caller. */
export function listOrganizations(call: GraphCall): ProviderResponse {
  return respondWithCollection(call, organizationType, tenantsOf(call).map(toEntity))
}

/** Handles `/organization/{id}`. */
export function readOrganization(call: GraphCall): ProviderResponse {
  const id = pathParam(call, 'id')
  const tenant = tenantsOf(call).find((entry) => entry.id.toLowerCase() === id.toLowerCase())
  if (tenant === undefined) throw notFound(id)
  return respondWithEntity(call, organizationType, toEntity(tenant))
}

function tenantsOf({ context, caller }: GraphCall): TenantConfig[] {
  const id = caller.tenantId.toLowerCase()
  return context.config.tenants.filter((tenant) => tenant.id.toLowerCase() === id)
}

function toEntity({ id, name, domains, kind }: TenantConfig): Entity {
  return {
    id,
    displayName: name,
    businessPhones: [],
    country: null,
    createdDateTime: '2024-01-15T08:00:00Z',
    tenantType: kind === 'external-id' ? 'CIAM' : 'AAD',
    verifiedDomains: domains.map((domain, index) => ({
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: index === 0,
      isInitial: domain.endsWith('.onmicrosoft.com'),
      name: domain,
      type: 'Managed',
    })),
  }
}
