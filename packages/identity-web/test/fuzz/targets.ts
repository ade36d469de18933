import { challengeTargets } from './challenges.ts'
import { cookieTargets } from './cookies.ts'
import { credentialTargets } from './credentials.ts'
import { devProviderTargets } from './dev-provider.ts'
import { documentTargets } from './documents.ts'
import { encryptionTargets } from './encryption.ts'
import { languageTargets } from './languages.ts'
import { principalTargets } from './principals.ts'
import { previewOriginTargets } from './preview-origins.ts'
import { forwardPathTargets } from './forward-paths.ts'
import { requestTargets } from './requests.ts'
import { returnToTargets } from './return-to.ts'
import { settingTargets } from './settings.ts'
import { signatureTargets } from './signatures.ts'
import { storeTargets } from './stores.ts'
import type { FuzzTarget } from './target.ts'
import { tokenTargets } from './tokens.ts'
import { toolCallTargets } from './tool-calls.ts'

/** All targets of `npm run -C maintain fuzz` and of `npm test`. */
export const targets: readonly FuzzTarget[] = [
  ...challengeTargets,
  ...cookieTargets,
  ...credentialTargets,
  ...devProviderTargets,
  ...documentTargets,
  ...encryptionTargets,
  ...languageTargets,
  ...principalTargets,
  ...previewOriginTargets,
  ...forwardPathTargets,
  ...requestTargets,
  ...returnToTargets,
  ...settingTargets,
  ...signatureTargets,
  ...storeTargets,
  ...tokenTargets,
  ...toolCallTargets,
]
