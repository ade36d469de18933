import type { DevProviderConfigInput } from '../config/config.js'
import type { Behaviour } from './behaviour.js'
import type { LogoutDelivery, SignOutOptions } from './sign-out-request.js'

/** The members of `DevProvider` that the page of switches and `/dev/api` call too. */
export interface Control {
  readonly certificate: string | undefined
  readonly behave: (changes: Partial<Behaviour>) => void
  readonly configure: (config: DevProviderConfigInput, behaviour?: Partial<Behaviour>) => void
  readonly reset: () => void
  readonly rollKeys: (options?: { readonly keepOld?: boolean }) => Promise<void>
  readonly revokeUser: (username: string) => void
  readonly signOut: (options?: SignOutOptions) => Promise<readonly LogoutDelivery[]>
}
