import type { NewSecret } from '../../credentials/secrets.js'
import type { TokenTarget } from '../../credentials/request-token.js'
import type { Application } from '../../graph/application.js'
import type { GraphClient } from '../../graph/graph-client.js'
import type { Output } from '../../output/output.js'

/** Everything that one run of `rotate` needs. */
export interface Rotation {
  readonly graph: GraphClient
  readonly app: Application
  /** The variables of the file of `--env`. */
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly env: string | undefined
  readonly envPath: string | undefined
  readonly days: number
  readonly isDryRun: boolean
  readonly keyId: string | undefined
  readonly certificatePath: string | undefined
  readonly keyPath: string | undefined
  readonly token: TokenTarget
  readonly output: Output
}

/** The changes of a run, and the next step of the user. */
export interface RotationReport {
  readonly changes: readonly string[]
  readonly next: string
  /** The new secret, if no file contains it. */
  readonly secret?: Pick<NewSecret, 'secret' | 'end'>
}
