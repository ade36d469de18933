import { decodeToken } from '../../authority/index.ts'
import { requestAppToken, type OAuthClient } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'

/** The facts about the registration that one app-only token shows. The token itself is not part of it. */
export interface ProbedToken {
  readonly audience: string | undefined
  readonly version: string | undefined
}

/** The response to a token request, as far as the checks need it. */
export type ProbeResult =
  | { readonly kind: 'token'; readonly token: ProbedToken }
  /** The provider rejected the request with one of Microsoft's codes. */
  | { readonly kind: 'rejected'; readonly codes: readonly string[]; readonly error: IdentityError }
  /** The provider was not available, or its response was not valid. */
  | { readonly kind: 'failed'; readonly error: IdentityError }

/**
 * Requests an app-only token for an identifier of an API, and returns what the response shows.
 *
 * @param identifier - An Application ID URI or a client ID.
 * @param resourceIndicator - The parameter `resource` (RFC 8707), as MCP clients send it.
 */
export async function probe(
  client: OAuthClient,
  identifier: string,
  resourceIndicator?: string,
): Promise<ProbeResult> {
  try {
    const { accessToken } = await requestAppToken(client, {
      purpose: 'the check of the registration',
      scope: `${identifier}/.default`,
      resourceIndicator,
    })
    const claims = decodeToken(accessToken)?.claims ?? {}
    return { kind: 'token', token: { audience: text(claims['aud']), version: text(claims['ver']) } }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    const { microsoftCodes: codes = [] } = error
    return codes.length > 0 ? { kind: 'rejected', codes, error } : { kind: 'failed', error }
  }
}

/** Returns a claim that is safe to show. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value : undefined
}

/** Characters. */
const MAX_LENGTH = 500
