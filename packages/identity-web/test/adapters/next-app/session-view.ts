import type { AuthOptions } from 'identity-web/fetch'

/** The part of the user that scripts see in the contract. Hosts in other processes have the same function. */
export const sessionView: NonNullable<AuthOptions['browser']>['sessionView'] = (
  user,
  { claims },
) => ({
  name: user.name,
  tenant: claims.tid,
})
