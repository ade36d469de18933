import { createVerifier } from 'fast-jwt'
import { guardWith } from './bearer.mjs'

/** It gets the key as an option, which is an advantage. It cannot fetch keys itself. */
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
