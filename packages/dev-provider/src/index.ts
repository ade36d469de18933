export type { ApiSettings } from './api-settings.js'
export type {
  AccessTokenRequest,
  KeyChoice,
  SignOptions,
  TokenChanges,
} from './controls/access-token-request.js'
export { defaultBehaviour } from './controls/behaviour.js'
export type { Behaviour, Fault, FaultyEndpoint } from './controls/behaviour.js'
export type { Deviation } from './controls/deviations.js'
export type {
  PressedButton,
  ProviderCookies,
  SignInOptions,
  SignInResult,
} from './controls/visit.js'
export type { B2cSettings } from './authorities.js'
export { runCommand } from './command/run-command.js'
export type { CommandIo } from './command/io.js'
export type { UserTokens, UserTokensRequest } from './controls/user-tokens-request.js'
export type { AccountName } from './config/account-names.js'
export { CONSUMERS_TENANT_ID } from './config/config.js'
export type {
  AppConfig,
  AuthorizedClientConfig,
  ConfigAdditions,
  ConfigLists,
  DevProviderConfig,
  DevProviderConfigInput,
  FederatedCredentialConfig,
  GraphResponseConfig,
  GroupConfig,
  GuestConfig,
  OptionalClaim,
  ScopeConfig,
  TenantConfig,
  TenantKind,
  UserConfig,
  UserFlowsConfig,
} from './config/config.js'
export type { DevProviderConfigFile } from './config-file.js'
export { defaultConfig } from './config/default-config.js'
export type { AppAddresses } from './config/registrations.js'
export { startEasyAuth } from './easy-auth/start-easy-auth.js'
export type { EasyAuth, EasyAuthOptions, UnauthenticatedAction } from './easy-auth/options.js'
export { startDevProvider } from './provider.js'
export type { DevProvider, DevProviderOptions } from './dev-provider.js'
export type { RequestRecord } from './controls/request-log.js'
export type { RequestError } from './protocol/request-error.js'
export { createClientCertificate } from './server/client-certificate.js'
export type { ClientCertificate } from './server/client-certificate.js'
export type { Certificate } from './protocol/x509.js'
export type { Sign, Tamper } from './controls/tamper.js'
export type {
  LogoutDelivery,
  LogoutTokenRequest,
  SignOutOptions,
} from './controls/sign-out-request.js'
export type { ManagedIdentity } from './tokens/managed-identity.js'
export type { WorkloadTokenOptions } from './tokens/workload.js'
