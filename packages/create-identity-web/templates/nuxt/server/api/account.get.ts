// By default, pages get only a few claims of the user. This route returns all of them.
// #region entra-id external-id ad-fs oidc
export default auth.loginRequired((_event, { claims }) => ({
  name: nameOf(claims),
  email: emailOf(claims),
  claims: claims as Record<string, unknown>,
}))
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export default auth.loginRequired(async (event, { claims }) => ({
  name: nameOf(claims),
  email: emailOf(claims),
  claims: claims as Record<string, unknown>,
  editProfile: await auth.getEditProfileUrl(event),
}))
// #endregion azure-ad-b2c
