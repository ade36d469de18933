import { lookup as lookupName } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { createServerCertificate } from '../../../../dev-provider/src/server/server-certificate.ts'

/** The certificate of all stand-ins, and of the authority that issued it. */
export const certificate = createServerCertificate([
  '*.blob.localhost',
  '*.vault.localhost',
  'graph.localhost',
])

// Browsers find every name below localhost, but the resolver of many machines does not (RFC 6761, section 6.3).
const lookup: LookupFunction = (_host, options, found) => {
  lookupName('localhost', options, found)
}

/** Options of an SDK of Azure, which then trusts the stand-ins and finds them by their names. */
export const tlsOptions = { ca: certificate.ca, lookup }

/** The same for `fetch`, which the SDKs of Graph use. */
export const createDispatcher = (): Agent => new Agent({ connect: tlsOptions })
