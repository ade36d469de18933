// By default, pages get only a few claims of the user. This route returns all of them.
// #region entra-id external-id ad-fs oidc
export default auth.loginRequired((_event, { claims }) => ({
  name: nameOf(claims),
  claims: Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) })),
}))
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export default auth.loginRequired(async (event, { claims }) => ({
  name: nameOf(claims),
  claims: Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) })),
  editProfile: await auth.getEditProfileUrl(event),
}))
// #endregion azure-ad-b2c
