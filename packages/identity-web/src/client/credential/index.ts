export type { ClientAuthentication } from './client-authentication.ts'
export { authenticateOnDemand } from './on-demand.ts'
export type { CertificateAlgorithm } from './certificate-key.ts'
export { kubernetesAssertion, type KubernetesAssertionOptions } from './kubernetes.ts'
export {
  managedIdentityAssertion,
  type ManagedIdentityAssertionOptions,
} from './managed-identity.ts'
export type { CredentialSettings, OnCertificate } from './methods.ts'
export { credentialProblems } from './problems.ts'
export { chosenSecretMethod, methodProblem } from './chosen-method.ts'
export type { SecretMethod } from './secret.ts'
export type {
  AuthenticationMethod,
  CertificateCredential,
  ClientAssertion,
  ClientAssertionRequest,
  ClientCredential,
  FederatedTokenCredential,
  SingleCredential,
} from './types.ts'
export { withHint } from './with-hint.ts'
