import { auth } from '../../auth.server'

// #region entra-id external-id ad-fs oidc
export const load = auth.loginRequired((_event, { claims }) => ({ claims }))
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export const load = auth.loginRequired(async (event, { claims }) => ({
  claims,
  editProfile: await auth.getEditProfileUrl(event),
}))
// #endregion azure-ad-b2c
