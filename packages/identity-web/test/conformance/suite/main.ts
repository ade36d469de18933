// `npm run -C maintain conformance -- --suite <url>`: runs the plans at the conformance suite of the OpenID Foundation.
// docs/evidence/conformance.md explains it.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { launchChromium } from '../../../../../test/chromium.ts'
import { startApplication } from '../application.ts'
import { plans } from '../plans.ts'
import { createChromiumVisitor } from './chromium-visitor.ts'
import { createSuiteClient } from './client.ts'
import { formatResults, isAccepted } from './report.ts'
import { runPlan, type SuiteResult } from './run-plan.ts'

const { values } = parseArgs({
  options: {
    suite: { type: 'string' },
    plan: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', default: '3000' },
    app: { type: 'string' },
    wait: { type: 'string', default: '5' },
    report: { type: 'string' },
  },
})
const chosen = plans.filter(
  ({ name }) => values.plan.length === 0 || values.plan.some((part) => name.includes(part)),
)
if (values.suite === undefined || !URL.canParse(values.suite) || chosen.length === 0) {
  console.error(
    'Usage: npm run -C maintain conformance -- --suite URL [--plan "part of a name"] [--port 3000] [--app ORIGIN] [--wait 5] [--report FILE]',
  )
  process.exit(2)
}

const application = await startApplication({
  port: Number(values.port),
  ...(values.app !== undefined && { publicOrigin: values.app }),
})
const chromium = await launchChromium()
const results: SuiteResult[] = []
try {
  for (const plan of chosen) {
    const run = {
      suite: createSuiteClient(values.suite, process.env['CONFORMANCE_TOKEN']),
      application,
      openVisitor: () => createChromiumVisitor(chromium, application.origin),
      waitSeconds: Number(values.wait),
      onResult: ({ module, result, note = '' }: SuiteResult) =>
        console.log(`${result.padEnd(8)} ${module} ${note}`.trimEnd()),
    }
    console.log(`\n${plan.name}`)
    results.push(...(await runPlan(run, plan)))
  }
} finally {
  await chromium.close()
  await application.close()
}
if (values.report !== undefined) writeFileSync(values.report, formatResults(results))
const failed = results.filter((result) => !isAccepted(result))
console.log(`\nModules: ${results.length}. Failed: ${failed.length}.`)
process.exitCode = failed.length === 0 ? 0 : 1
