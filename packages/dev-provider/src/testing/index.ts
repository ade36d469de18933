export { startDevProvider } from '../provider.js'
export { browser } from './browser/browser.js'
export type {
  BrowserOptions,
  BrowserRequestInit,
  BrowserSignIn,
  TestBrowser,
} from './browser/browser.js'
export type { RequestBody } from './browser/request-body.js'
export type { AppFunction } from './browser/transport.js'
export type { AccountName } from '../config/account-names.js'
export type { TestClaims } from './access.js'
export type { ProviderChoice } from './provider-client.js'
export { sessionFor } from './session-for.js'
export type { SessionOptions, TestedAuth, TestSession } from './session-for.js'
export type { SessionCookie } from './session-cookies.js'
export type { SessionSettings } from './session-settings.js'
export { tokenFor } from './token-for.js'
export type { TestedApi, TestToken, TokenOptions, TokenSettings } from './token-for.js'
