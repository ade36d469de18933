/** The claims of a token, which are not verified. `undefined` if the value is not a JWT. */
export type UnverifiedClaims = Readonly<Record<string, unknown>> | undefined

/** Decodes a token without verifying it. The result must not decide who a user is. */
export function decodeClaims(token: string): UnverifiedClaims {
  const part = token.trim().split('.')[1]
  if (part === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null
      ? (claims as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
