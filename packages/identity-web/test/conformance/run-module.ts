import {
  createScriptedProvider,
  type ScriptedProvider,
} from '../support/scripted-provider/provider.ts'
import { serveRequests } from '../support/request-server.ts'
import { registrationOf, startApplication } from './application.ts'
import type { ConformanceModule, ConformancePlan, ModuleResult, Outcome } from './module.ts'
import { createVisitor, type VisitedPage } from './visitor.ts'

/** What happened in a run of a module. */
export interface ModuleRun {
  readonly result: ModuleResult
  readonly outcome: Outcome
  readonly lastPage: VisitedPage
  readonly provider: ScriptedProvider
  readonly logs: readonly string[]
}

/** Runs a module: an application, a provider with the module's script, and a user. */
export async function runModule(
  { walk, script = {}, judge }: ConformanceModule,
  plan: Pick<ConformancePlan, 'options'>,
): Promise<ModuleRun> {
  const application = await startApplication()
  let provider: ScriptedProvider | undefined
  const server = await serveRequests(async (request) =>
    provider === undefined ? new Response(null, { status: 503 }) : provider.respond(request),
  )
  const issuer = `${server.origin}/provider/`
  provider = createScriptedProvider({
    issuer,
    script,
    client: registrationOf(application.origin),
  })
  const visitor = createVisitor()
  try {
    application.connect(issuer, plan.options)
    const lastPage = await walk({ application, visitor, issuer })
    const home = await visitor.open(`${application.origin}/`)
    const { user } = JSON.parse(home.text) as { user: string | null }
    return {
      result: judge(provider.record),
      outcome: {
        status: lastPage.status,
        isSignedIn: user !== null,
        path: new URL(lastPage.url).pathname,
      },
      lastPage,
      provider,
      logs: [...application.logs],
    }
  } finally {
    await visitor.close()
    await application.close()
    await server.close()
  }
}
