import type { FrameworkName } from '../frameworks.js'
import type { PackageManager } from '../package-manager.js'
import type { StoreName } from '../stores.js'
import type { TenantName } from '../tenants.js'

/** The choices of the user. */
export interface Choice {
  /** The name of the package. */
  readonly name: string
  readonly framework: FrameworkName
  readonly tenant: TenantName
  readonly store: StoreName
  readonly packageManager: PackageManager
}
