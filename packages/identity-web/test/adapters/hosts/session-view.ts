import type { BrowserOptions, Claims } from 'identity-web'

/** The part of the user that scripts see in the contract. Hosts in other processes have the same function. */
export const sessionView: BrowserOptions<Claims>['sessionView'] = (user, { claims }) => ({
  name: user.name,
  tenant: claims.tid,
})
