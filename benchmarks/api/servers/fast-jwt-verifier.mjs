import { createVerifier } from 'fast-jwt'
import { guardWith } from './bearer.mjs'

/** With the one key in its hands, in its favour: it fetches none by itself. */
export function guardWithFastJwt({ publicKey, issuer, clientId, scope }, { cache }) {
  const verify = createVerifier({
    key: publicKey,
    algorithms: ['RS256'],
    allowedIss: issuer,
    allowedAud: clientId,
    cache,
  })
  return guardWith(verify, scope)
}
