export { defaultBehaviour } from './behaviour.js'
export type { Behaviour, Fault, FaultyEndpoint } from './behaviour.js'
export type { ProviderCookies, SignInOptions, SignInResult } from './browser.js'
export { runCommand } from './command.js'
export type { CommandIo } from './command.js'
export { CONSUMERS_TENANT_ID } from './config.js'
export type {
  AppConfig,
  DevProviderConfig,
  GuestConfig,
  OptionalClaim,
  ScopeConfig,
  TenantConfig,
  UserConfig,
} from './config.js'
export { defaultConfig } from './default-config.js'
export { startDevProvider } from './provider.js'
export type { DevProvider, DevProviderOptions } from './provider.js'
export type { RequestRecord } from './request-log.js'
export type { Certificate } from './self-signed.js'
export type { Sign, Tamper } from './tamper.js'
