/** The managed identity that the provider plays, and the service account of the imagined cluster. */
export const standIns = {
  /** Object id of the managed identity: `sub` and `oid` of its tokens. */
  managedIdentityOid: '3a000000-0000-4000-8000-000000000031',
  managedIdentityClientId: '33333333-4444-4555-8666-777777777777',
  /** What `X-IDENTITY-HEADER` must say; App Service puts it into `IDENTITY_HEADER`. */
  identityHeader: 'dev-identity-header-not-for-production',
  /** `sub` of a service account token of the cluster. */
  serviceAccount: 'system:serviceaccount:default:my-web-app',
} as const
