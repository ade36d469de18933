import { sha256 } from '../encryption/index.ts'

/**
 * The values that a token depends on. A missing value is `null`, so that two different tokens can never have the same
 * key.
 */
export interface KeyParts {
  readonly kind: 'app' | 'obo'
  readonly tokenEndpoint: string
  readonly clientId: string
  /** The application whose credential an agent uses. */
  readonly blueprint: string | null
  /** The agent that acts. */
  readonly agent: string | null
  /** An agent's user account, by the kind of identifier. */
  readonly user: readonly ['oid' | 'upn', string] | null
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
  const { kind, tokenEndpoint, clientId, blueprint, agent, user, resource, assertion } = parts
  const scopes = parts.scopes.toSorted()
  const application = [kind, tokenEndpoint, clientId, blueprint, agent, user]
  const all = JSON.stringify([FORMAT, ...application, resource, scopes, assertion])
  return `identity:tokens:${await sha256(all)}`
}
