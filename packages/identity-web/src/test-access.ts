// The hidden method for the testing kit.
import { nodeProcess } from './fetch-api.ts'
import { configurationError } from './errors.ts'
import { hideMember } from './own.ts'

/**
 * The key under which `Auth` and `ApiAuth` have a method for the testing kit in `identity-web-dev`.
 *
 * It is a symbol, so that editors do not offer the method to applications. All copies of the package share the symbol.
 */
const TEST_ACCESS = Symbol.for('identity-web.test-access')

/** The part of an API that the testing kit uses. Another version of the kit can read it, so do not rename its members. */
export interface ApiTestAccess {
  readonly authority: string
  readonly clientId: string
  readonly audience: readonly string[]
  /** All issuers, but older versions of the kit read only the first one, whose values are above. */
  readonly issuers: readonly (Omit<ApiTestAccess, 'issuers'> & {
    readonly name: string | undefined
  })[]
}

/**
 * Adds the method for the testing kit to a class. In production, however, the method throws.
 *
 * @param prototype - The class's prototype.
 * @param access - Returns what the kit uses of an instance.
 */
export function addTestAccess<Owner extends object>(
  prototype: Owner,
  access: (owner: Owner) => object,
): void {
  hideMember(prototype, TEST_ACCESS, (owner) => () => {
    assertNotProduction()
    return access(owner)
  })
}

/** @throws IdentityError `configuration` if `NODE_ENV` is `production`. */
function assertNotProduction(): void {
  if (nodeProcess().env?.['NODE_ENV'] !== 'production') return
  throw configurationError(
    'NODE_ENV is "production", so the testing kit is not available. It creates sessions and tokens without a sign-in. Set NODE_ENV to test or development.',
  )
}
