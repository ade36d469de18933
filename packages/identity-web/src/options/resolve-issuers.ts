import { parseScopes, traitsOf } from '../client/index.ts'
import { ownMembers } from '../own.ts'
import { isStringList, quote } from '../text.ts'
import {
  areIssuers,
  ISSUER_OPTIONS,
  ISSUER_ROWS,
  type ApiAuthOptions,
  type IssuerOptions,
} from './api-options.ts'
import { isScopes, isText } from './checks.ts'
import type { OptionReport } from './option-report.ts'
import { resolveProvider, type ResolvedProvider } from './resolve-provider.ts'
import { definedOnly, group, optionTable, type OptionTable } from './rows.ts'

/** An issuer whose tokens the API accepts, and how the API is registered there. */
export interface ResolvedIssuer extends ResolvedProvider {
  /** Its name in the option `issuers`. `undefined` if the API has one issuer, without a name. */
  readonly name: string | undefined
  /** The names of the API that developers added to the standard ones. */
  readonly audience: readonly string[]
  /** The accepted values of the claim `aud`. */
  readonly accepted: ReadonlySet<string>
  /** In lower case. */
  readonly allowedClients: readonly string[] | undefined
  /** Names the places of the issuer's options in messages. */
  readonly place: OptionReport
}

/** Adds the rows of each issuer in the option `issuers` to the options of a class. */
export function withIssuerRows(table: OptionTable, { issuers }: ApiAuthOptions): OptionTable {
  const { issuers: row, ...rows } = table.rows
  // The check of the option reports another value.
  if (row === undefined || !areIssuers(issuers)) return table
  const entries = Object.keys(issuers).map((name) => [name, group('', ISSUER_ROWS)] as const)
  const members = Object.fromEntries(entries)
  return optionTable(table.owner, { ...rows, issuers: { ...row, members } }, table.replaced)
}

/**
 * Checks and resolves the issuers: those of the option `issuers`, or the only one. Those with problems are missing.
 *
 * @param given - The options, including the values of the environment.
 * @param inCode - The options without the values of the environment.
 */
export function resolveIssuers(
  given: ApiAuthOptions,
  inCode: ApiAuthOptions,
  report: OptionReport,
): readonly ResolvedIssuer[] {
  const { issuers } = given
  if (issuers === undefined) return resolveIssuer({ given, inCode, place: report })
  if (!areIssuers(issuers)) return []
  const [first] = Object.keys(issuers)
  for (const option of ISSUER_OPTIONS.filter((name) => name in definedOnly(inCode))) {
    report.addMessage(
      option,
      `${option} and issuers are both configured. ${option} belongs to one issuer, so set ${report.code(`issuers.${first}.${option}`)} instead of ${report.code(option)}.`,
    )
  }
  const resolved = Object.entries(issuers).flatMap(([name, entry]) => {
    const own = definedOnly(entry)
    const place = report.at(`issuers.${name}`)
    return resolveIssuer({ given: ownMembers({ ...given, ...own }), inCode: own, place, name })
  })
  for (const [index, second] of resolved.entries()) {
    for (const other of resolved.slice(0, index)) {
      const message = isSame(other, second) && overlapMessage(other, second)
      if (message) second.place.addMessage('authority', message)
    }
  }
  return resolved
}

/** The options of one issuer, and the place of its options. */
interface GivenIssuer extends Partial<Pick<ResolvedIssuer, 'name'>>, Pick<ResolvedIssuer, 'place'> {
  readonly given: ApiAuthOptions
  readonly inCode: IssuerOptions
}

function resolveIssuer({ given, inCode, name, place }: GivenIssuer): readonly ResolvedIssuer[] {
  const { allowedClients: clients, resource } = given
  const audience = parseScopes(isScopes(given.audience) ? given.audience : [])
  const provider = resolveProvider(withClientId(given, audience), inCode, place)
  if (provider === undefined) return []
  const allowedClients = isStringList(clients)
    ? clients.map((client) => client.toLowerCase())
    : undefined
  const accepted = acceptedAudiences(provider, audience, resource)
  return [{ ...provider, name, audience, accepted, allowedClients, place }]
}

/** Only Microsoft requires that an API is registered as a client. Elsewhere, the first audience replaces the client ID. */
function withClientId(given: ApiAuthOptions, [first]: readonly string[]): ApiAuthOptions {
  const needsClientId = Boolean(given.oidcAuthority) && !given.clientId
  return needsClientId && first !== undefined ? ownMembers({ ...given, clientId: first }) : given
}

/**
 * Returns the names of an API in its tokens.
 *
 * The audience of a version 2 token is the client ID. The audience of a version 1 token is one of the Application ID
 * URIs, with or without a slash at the end.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference | aud}
 */
function acceptedAudiences(
  { authority, clientId }: ResolvedProvider,
  audience: readonly string[],
  resource: string | undefined,
): ReadonlySet<string> {
  const isMicrosoft = traitsOf(authority.kind).prefixedScopes
  // With other providers than Microsoft, clients name the API by its URL (RFC 8707).
  const url = resource !== undefined && URL.canParse(resource) ? new URL(resource).href : clientId
  const names = [clientId, isMicrosoft ? `api://${clientId}` : url, ...audience]
  // Values that are not strings have problems.
  const withoutSlash = names.filter(isText).map((name) => name.replace(/\/$/, ''))
  return new Set(withoutSlash.flatMap((name) => [name, `${name}/`]))
}

/** Whether the settings show that two authorities have the same issuer. Their metadata can show it later. */
function isSame({ authority }: ResolvedIssuer, { authority: other }: ResolvedIssuer): boolean {
  const isKnown = !authority.issuerRule.includes('<')
  return (
    authority.url.toLowerCase() === other.url.toLowerCase() ||
    (isKnown && authority.issuerRule === other.issuerRule)
  )
}

/** Returns the message about two issuers that have the same `iss`, if they also have a common audience. */
export function overlapMessage(
  { name, authority, accepted }: ResolvedIssuer,
  other: ResolvedIssuer,
  iss: string = authority.issuerRule,
): string | undefined {
  const audience = [...accepted].find((one) => other.accepted.has(one))
  return audience === undefined
    ? undefined
    : `issuers.${name} and issuers.${other.name} accept the same tokens: those with the issuer ${iss} and the audience ${quote(audience)}. Remove one of them, or give each of them its own clientId and audience.`
}
