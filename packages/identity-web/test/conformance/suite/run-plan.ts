import type { ConformanceApplication } from '../application.ts'
import { registrationOf } from '../application.ts'
import type { ConformanceModule, ConformancePlan } from '../module.ts'
import type { Visitor } from '../visitor.ts'
import type { SuiteClient, SuiteModule } from './client.ts'

/** The result of a module at the suite. */
export interface SuiteResult {
  readonly plan: string
  readonly module: string
  /** The result of the suite, such as `PASSED`, or `NOT RUN`. */
  readonly result: string
  /** Why the module has no result. */
  readonly note?: string
}

/** The parts that a run at the suite uses. */
export interface SuiteRun {
  readonly suite: SuiteClient
  readonly application: ConformanceApplication
  /** Returns a person with a new browser. */
  openVisitor(): Promise<Visitor>
  /** How long the suite waits for a request that must not come, in seconds. */
  readonly waitSeconds: number
  /** Receives each result at once. */
  onResult(result: SuiteResult): void
}

const ALIAS = 'identity-web'

/** Creates a plan at the suite, and runs its modules one after another. */
export async function runPlan(run: SuiteRun, plan: ConformancePlan): Promise<SuiteResult[]> {
  const { suite, onResult } = run
  const { id, modules } = await suite.createPlan(
    plan.name,
    plan.variant,
    configurationOf(run, plan),
  )
  const results: SuiteResult[] = []
  for (const module of modules) {
    const known = plan.modules.find(({ name }) => name === module.testModule)
    const reason = plan.without?.[module.testModule]
    if (known === undefined && plan.without !== undefined && reason === undefined) continue
    const outcome =
      known === undefined
        ? { result: 'NOT RUN', note: reason ?? 'This program does not know the module.' }
        : await runAtSuite(run, { plan, planId: id, module, known })
    const result = { plan: plan.name, module: module.testModule, ...outcome }
    results.push(result)
    onResult(result)
  }
  return results
}

function configurationOf(
  { application, waitSeconds }: SuiteRun,
  { name }: ConformancePlan,
): object {
  const client = registrationOf(application.origin)
  return {
    alias: ALIAS,
    description: `Identity for TypeScript: ${name}`,
    waitTimeoutSeconds: waitSeconds,
    client: {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uri: client.redirectUri,
      post_logout_redirect_uri: client.postLogoutRedirectUri,
      initiate_login_uri: `${application.origin}/login`,
      // The suite uses each logout URI that it knows. A plan for one of them must not register the other one.
      ...(name.includes('back-channel') && { backchannel_logout_uri: client.backChannelLogoutUri }),
      ...(/front-channel|-logout-test-plan$/.test(name) && {
        frontchannel_logout_uri: client.frontChannelLogoutUri,
      }),
    },
  }
}

interface ModuleAtSuite {
  readonly plan: ConformancePlan
  readonly planId: string
  readonly module: SuiteModule
  readonly known: ConformanceModule
}

/** Starts a module, does what its user does, and returns its result. */
async function runAtSuite(
  { suite, application, openVisitor, waitSeconds }: SuiteRun,
  { plan, planId, module, known }: ModuleAtSuite,
): Promise<Pick<SuiteResult, 'result' | 'note'>> {
  const id = await suite.startModule(planId, module)
  const started = await suite.waitFor(id, ['WAITING', 'FINISHED'], 30)
  if (started.status !== 'WAITING') {
    return {
      result: started.result ?? 'FAILED',
      note: `The module did not start: ${started.status}.`,
    }
  }
  const issuer = await suite.issuerOf(id)
  application.connect(issuer, plan.options)
  const visitor = await openVisitor()
  try {
    for (const url of await suite.urlsToVisit(id)) {
      await suite.markVisited(id, url)
    }
    await known.walk({ application, visitor, issuer })
    const { status, result } = await suite.waitFor(id, ['FINISHED'], waitSeconds + 15)
    if (status === 'FINISHED') return { result: result ?? 'UNKNOWN' }
    if (status !== 'INTERRUPTED') await suite.cancel(id)
    return { result: 'FAILED', note: `The module did not end: ${status}.` }
  } catch (error) {
    await suite.cancel(id)
    return { result: 'FAILED', note: (error as Error).message }
  } finally {
    await visitor.close()
  }
}
