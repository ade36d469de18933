import { auth } from '../auth.server'

export const load = auth.loginRequired((_event, { claims }) => ({
  claims,
  logoutPath: auth.logoutPath,
}))
