import type { BrowserOptions } from 'identity-web/fetch'

/** The part of the user that scripts see in the contract. Hosts in other processes have the same function. */
export const sessionView: BrowserOptions['sessionView'] = (user, { claims }) => ({
  name: user.name,
  tenant: claims.tid,
})
