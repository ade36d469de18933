import type { ProviderRecord, ProviderScript } from '../support/scripted-provider/script.ts'
import type { ConformanceApplication, ConnectOptions } from './application.ts'
import type { VisitedPage, Visitor } from './visitor.ts'

/** The results of a module, with the words of the conformance suite. */
export type ModuleResult = 'PASSED' | 'SKIPPED' | 'FAILED'

/** A module of the conformance suite. */
export interface ConformanceModule {
  /** The official name. */
  readonly name: string
  /** What the module checks, as one sentence. */
  readonly checks: string
  /** How the provider behaves. */
  readonly script?: ProviderScript
  /** What the user does. */
  readonly walk: Walk
  /** Decides from the requests that the provider received, as the suite does. */
  judge(record: ProviderRecord): ModuleResult
  /** What the user sees at the end. The suite asks for a screenshot instead. */
  readonly outcome: Outcome
}

/** The end of a walk. */
export interface Outcome {
  /** The status of the last page. */
  readonly status: number
  readonly isSignedIn: boolean
  /** The path of the last page. Not checked if it is missing. */
  readonly path?: string
}

/** The parts that a walk uses. */
export interface WalkContext {
  readonly application: ConformanceApplication
  readonly visitor: Visitor
  readonly issuer: string
}

/** What a user does. Returns the last page. */
export type Walk = (context: WalkContext) => Promise<VisitedPage>

/** A test plan of the conformance suite, which is one certification profile. */
export interface ConformancePlan {
  /** The official name. */
  readonly name: string
  /** The name of the profile on certificates, or a description if the plan is not a profile. */
  readonly profile: string
  readonly isCertified: boolean
  /** The variant of the suite, besides the type of the response. */
  readonly variant: Readonly<Record<string, string>>
  /** Options of the application. */
  readonly options?: ConnectOptions
  readonly modules: readonly ConformanceModule[]
  /** The modules of the plan that `identity-web` does not support, and why. */
  readonly without?: Readonly<Record<string, string>>
}
