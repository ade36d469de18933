export { defaultBehaviour } from './controls/behaviour.js'
export type { Behaviour, Fault, FaultyEndpoint } from './controls/behaviour.js'
export type { ProviderCookies, SignInOptions, SignInResult } from './controls/browser.js'
export { runCommand } from './command.js'
export type { CommandIo } from './command.js'
export { CONSUMERS_TENANT_ID } from './config/config.js'
export type {
  AppConfig,
  DevProviderConfig,
  GuestConfig,
  OptionalClaim,
  ScopeConfig,
  TenantConfig,
  UserConfig,
} from './config/config.js'
export { defaultConfig } from './config/default-config.js'
export { startDevProvider } from './provider.js'
export type { DevProvider, DevProviderOptions } from './provider.js'
export type { RequestRecord } from './controls/request-log.js'
export type { Certificate } from './server/self-signed.js'
export type { Sign, Tamper } from './controls/tamper.js'
