/** The page for users without the role. */
export default function Forbidden() {
  return (
    <>
      <h1>You may not see this page</h1>
      {/* #region entra-id */}
      <p>It is for users with the role Todos.Admin. In development, Sam Okafor has this role.</p>
      {/* #endregion entra-id */}
      {/* #region external-id ad-fs oidc azure-ad-b2c */}
      <p>It is for users with the role Todos.Admin.</p>
      {/* #endregion external-id ad-fs oidc azure-ad-b2c */}
    </>
  )
}
