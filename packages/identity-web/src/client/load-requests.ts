import { loadLater, type Load } from '../load-later.ts'

/** Loads the requests with client authentication, with openid-client and the hints about the errors of the provider. */
export const loadRequests: Load<typeof import('./requests.ts')> = loadLater(
  'a request to the token endpoint',
  () => import('./requests.ts'),
)
