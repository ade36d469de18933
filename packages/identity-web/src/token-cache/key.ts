// The key of a token in the store.
import { sha256 } from '../base64.ts'

/**
 * The values that a token depends on. A missing value is `null`, so that two different tokens can never have the same
 * key.
 */
export interface KeyParts {
  readonly kind: 'app' | 'obo'
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly resource: string
  /** In lower case if the provider ignores their case. */
  readonly scopes: readonly string[]
  /** The SHA-256 hash of the token that a client called this API with. */
  readonly assertion: string | null
}

/** The format version of keys and values. Library versions with another format do not read these values. */
const FORMAT = 1

/** Returns a token's key in the store, which is a hash, so it does not reveal the parts. */
export async function storeKeyOf(parts: KeyParts): Promise<string> {
  const { kind, tokenEndpoint, clientId, resource, assertion } = parts
  const scopes = parts.scopes.toSorted()
  // The nulls keep the keys of stored tokens. Earlier versions had places for agents, which they did not use.
  const application = [kind, tokenEndpoint, clientId, null, null, null]
  const all = JSON.stringify([FORMAT, ...application, resource, scopes, assertion])
  return `identity:tokens:${await sha256(all)}`
}
