import type { Step } from '../check.js'
import { appToken } from './app-token.js'
import { channels } from './channels.js'
import { consent } from './consent.js'
import { mcpResource } from './mcp-resource.js'
import { onBehalfOf } from './on-behalf-of.js'
import { ownApi } from './own-api.js'
import { refresh } from './refresh.js'
import { settings } from './settings.js'
import { signIn } from './sign-in.js'
import { signOut } from './sign-out.js'
import { stepUp } from './step-up.js'
import { userToken } from './user-token.js'

/** All steps, in the order in which they run. */
export const STEPS: readonly Step[] = [
  settings,
  signIn,
  userToken,
  consent,
  refresh,
  appToken,
  ownApi,
  onBehalfOf,
  stepUp,
  mcpResource,
  channels,
  signOut,
]
