/** The managed identity and the Kubernetes service account that the provider simulates. */
export const simulatedIdentities = {
  /** The managed identity's object ID, which is `sub` and `oid` in its tokens. */
  managedIdentityOid: '3a000000-0000-4000-8000-000000000031',
  managedIdentityClientId: '33333333-4444-4555-8666-777777777777',
  /** The required value of `X-IDENTITY-HEADER`. App Service sets it as `IDENTITY_HEADER`. */
  identityHeader: 'dev-identity-header-not-for-production',
  /** The `sub` claim of the service account token. */
  serviceAccount: 'system:serviceaccount:default:my-web-app',
} as const
