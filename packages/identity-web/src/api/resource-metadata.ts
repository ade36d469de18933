import { isGuid } from '../authority/index.ts'
import { isIdentityError } from '../errors.ts'
import { answerError } from './guard/answer.ts'
import type { ApiRuntime } from './runtime.ts'

/**
 * Answers with what a client needs to know of the API to call it: who issues its tokens, and its scopes.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9728#section-2 | RFC 9728, section 2}
 */
export async function answerResourceMetadata(
  runtime: ApiRuntime,
  scopes: ReadonlySet<string>,
): Promise<Response> {
  const { resource } = runtime.options
  try {
    const servers = await authorizationServers(runtime)
    return Response.json(
      {
        resource: resource?.pathname === '/' ? resource.origin : resource?.href,
        ...(servers.length > 0 && { authorization_servers: servers }),
        ...(scopes.size > 0 && { scopes_supported: [...scopes].toSorted() }),
        bearer_methods_supported: ['header'],
      },
      // Clients in browsers read it from anywhere; there is nothing of anybody's in it.
      { headers: { 'cache-control': 'max-age=3600', 'access-control-allow-origin': '*' } },
    )
  } catch (error) {
    if (!isIdentityError(error)) throw error
    return answerError(runtime, error)
  }
}

/**
 * Issuers as their own metadata gives them, since clients compare: a tenant by its id, never `common`, whose metadata
 * names no issuer at all. Where any tenant may call, none can be named.
 */
async function authorizationServers({ client, options }: ApiRuntime): Promise<string[]> {
  const { issuer } = await client.issuing.metadata()
  const { authority } = options
  // The issuer of a policy's tokens is no place at which its metadata could be found.
  if (authority.kind === 'b2c') return [`${authority.url}/v2.0`]
  if (!/\{tenantid\}/i.test(issuer)) return [issuer]
  const { tenants } = authority
  return Array.isArray(tenants)
    ? tenants.filter(isGuid).map((tenant) => issuer.replace(/\{tenantid\}/i, tenant.toLowerCase()))
    : []
}
