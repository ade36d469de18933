import type { Check } from './check.js'
import { claims } from './claims.js'
import { clock } from './clock.js'
import { consent } from './consent.js'
import { credential } from './credential.js'
import { deployment } from './deployment.js'
import { discovery } from './discovery.js'
import { envFile } from './env-file.js'
import { expiry } from './expiry.js'
import { headers } from './headers.js'
import { mcpMetadata } from './mcp-metadata.js'
import { proxy } from './proxy.js'
import { redirectUri } from './redirect-uri.js'
import { registration } from './registration.js'
import { sessionSecret } from './session-secret.js'
import { settings } from './settings.js'
import { store } from './store.js'
import { tls } from './tls.js'
import { tokenVersion } from './token-version.js'

/** All checks, in the order of the report. A later check often fails because of an earlier one. */
export const CHECKS: readonly Check[] = [
  settings,
  envFile,
  proxy,
  tls,
  discovery,
  clock,
  redirectUri,
  credential,
  tokenVersion,
  mcpMetadata,
  registration,
  consent,
  expiry,
  sessionSecret,
  store,
  deployment,
  headers,
  claims,
]
