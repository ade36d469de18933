import { IdentityError } from '../../errors.ts'

/** Returns the error for a `state` that cannot be decrypted. Any site can send one, so the hint says "if". */
export function foreignState(message: string): IdentityError {
  return new IdentityError('invalid_request', message, {
    hint: 'If your application started it, use the same session.secret (IDENTITY_SESSION_SECRET), clientId and authority on all servers.',
  })
}
