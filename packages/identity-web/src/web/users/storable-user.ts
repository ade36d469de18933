import { deepFreeze } from '../../caches.ts'
import { IdentityError } from '../../errors.ts'
import { findJsonFault } from './json-fault.ts'

/** The function whose user is stored, as messages call it. */
export type UserSource = 'onLogin' | 'onRefresh' | 'updateUser'

const SUBJECTS: Record<UserSource, string> = {
  onLogin: 'The user that onLogin returned',
  onRefresh: 'The user that onRefresh returned',
  updateUser: 'The user that was passed to updateUser',
}

/**
 * Returns a frozen copy of a user, as later requests read it from the session.
 *
 * @throws IdentityError `configuration` if JSON cannot express a value of the user. A session would lose or change it
 *   silently.
 */
export function toStorableUser(user: unknown, source: UserSource): unknown {
  const fault = findJsonFault(user, 'user')
  if (fault !== undefined) {
    throw new IdentityError(
      'configuration',
      `${SUBJECTS[source]} cannot be stored in the session as JSON. ${fault.path} is ${fault.kind}. ${fault.remedy}`,
    )
  }
  return deepFreeze(JSON.parse(JSON.stringify(user)))
}
