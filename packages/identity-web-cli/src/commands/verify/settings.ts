import type { HiddenIds } from '../../output/hidden-ids.js'
import type { Variables } from '../../subject/read-variables.js'
import { hideSecrets } from '../../subject/secrets.js'

/** The settings of a trial: an application at a provider, and what else there is to check. */
export interface TrialSettings {
  /** The variables of the application. */
  readonly app: Variables
  /** A scope of an API of the user. */
  readonly scope: string | undefined
  /** The variables of the API of `scope`, if it has its own registration. */
  readonly api: Variables | undefined
  readonly consentScope: string | undefined
  readonly resource: string | undefined
  /** The party that registered the front-channel logout URL. `refused` if the provider does not accept it. */
  readonly frontChannel: 'user' | 'command' | 'refused' | undefined
  readonly backChannel: boolean
  readonly timeoutSeconds: number
}

/** Hides the secrets in the settings, and the values that identify the tenant and the app. */
export function hideSettings(ids: HiddenIds, settings: TrialSettings): void {
  const { app, api = {}, scope, consentScope, resource } = settings
  for (const all of [app, api]) {
    const variables = { all, inFile: {}, file: undefined }
    hideSecrets({ kind: 'web', options: {}, variables, object: undefined }, ids.output)
    for (const name of ['IDENTITY_CLIENT_ID', 'IDENTITY_B2C_TENANT_NAME']) ids.add(all[name])
    for (const name of ['IDENTITY_AUTHORITY', 'IDENTITY_OIDC_AUTHORITY']) ids.addUrl(all[name])
    ids.addName(all['IDENTITY_B2C_CUSTOM_DOMAIN'])
  }
  // The identifier of an API often contains a domain of the company.
  for (const name of [scope, consentScope, resource])
    if (name !== undefined && URL.canParse(name)) ids.addName(new URL(name).hostname)
}
