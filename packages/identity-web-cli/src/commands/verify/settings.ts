import type { Variables } from '../../subject/read-variables.js'

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
