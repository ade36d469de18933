import { createServerFn } from '@tanstack/react-start'
import { getRequest, setResponseStatus } from '@tanstack/react-start/server'
import { hasRole } from 'identity-web/tanstack-start'
import { auth } from './auth.server'
import { initialsOf, nameOf } from './claims'

// The data of the pages. A loader runs in the browser too. Only these functions run on the server, so they have the guards.

// The browser gets the result of server functions, so this one returns only the data that the header shows.
export const getUser = createServerFn().handler(async () => {
  const user = await auth.getUser(getRequest())
  return user && { name: nameOf(user), initials: initialsOf(user), logoutPath: auth.paths.logout }
})

// #region entra-id external-id ad-fs oidc
export const getAccount = createServerFn({ strict: false }).handler(
  auth.loginRequired((_args, { claims }) => ({ claims })),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export const getAccount = createServerFn({ strict: false }).handler(
  auth.loginRequired(async (_args, { claims }) => ({
    claims,
    editProfile: await auth.getEditProfileUrl(getRequest()),
  })),
)
// #endregion azure-ad-b2c

// #region graph
// If a user has not consented to the scopes, the guard asks for the consent.
export const getProfile = createServerFn({ strict: false }).handler(
  auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
    const response = await context.fetch('/me')
    return (await response.json()) as object
  }),
)

// #endregion graph
// #region oidc
// Reads the current claims of the user from the provider.
export const getUserInfo = createServerFn({ strict: false }).handler(
  auth.loginRequired((_args, context) => context.userInfo()),
)

// #endregion oidc
// The page says the rest to users without the role.
export const checkRole = createServerFn().handler(
  auth.loginRequired((_args, context) => {
    if (!hasRole(context, 'Todos.Admin')) setResponseStatus(403)
    return hasRole(context, 'Todos.Admin')
  }),
)
