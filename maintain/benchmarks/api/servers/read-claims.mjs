import { verify } from 'node:crypto'

/** Returns the claims of a token with a valid signature. */
export function readClaims(token, key) {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1), 'base64url')
  if (!verify('sha256', Buffer.from(token.slice(0, end)), key, signature)) return undefined
  return JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, end), 'base64url'))
}
