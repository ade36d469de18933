// `npm run -C maintain interop`: runs the same steps at every provider that is installed, and prints a page. maintain/README.md explains it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../test/chromium.ts'
import { freePort } from '../../packages/identity-web/test/support/port.ts'
import { formatResults, MARKS, type ProviderReport, type StepReport } from './page.ts'
import { NotAvailable, type InteropProvider, type RunningProvider } from './provider.ts'
import { givenProvider } from './providers/given.ts'
import { providers } from './providers/index.ts'
import { startInteropSite, type InteropSite } from './site.ts'
import type { Step } from './step.ts'
import { steps } from './steps/index.ts'

const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: 'node_modules' },
    only: { type: 'string', multiple: true, default: [] },
    step: { type: 'string', multiple: true, default: [] },
    page: { type: 'string' },
    issuer: { type: 'string' },
    settings: { type: 'string' },
  },
})
const includes = (parts: readonly string[], name: string): boolean =>
  parts.length === 0 || parts.some((part) => name.toLowerCase().includes(part.toLowerCase()))
const given =
  values.issuer === undefined ? undefined : givenProvider(values.issuer, values.settings ?? '')
const chosen =
  given === undefined ? providers.filter(({ name }) => includes(values.only, name)) : [given]
const wanted = steps.filter(({ name }) => includes(values.step, name))

const chromium = await launchChromium()
const reports: ProviderReport[] = []
try {
  for (const provider of chosen) reports.push(await runProvider(provider))
} finally {
  await chromium.close()
}
if (values.page !== undefined) writeFileSync(values.page, formatResults(reports))
process.exitCode = reports.some(({ results }) => results.some(({ result }) => result === 'failed'))
  ? 1
  : 0
process.exit()

async function runProvider(provider: InteropProvider): Promise<ProviderReport> {
  const site = await startInteropSite(given?.port)
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-interop-'))
  console.log(`\n${provider.name}`)
  let running: RunningProvider | undefined
  try {
    const port = await freePort()
    running = await provider.start({
      packages: values.packages,
      folder,
      port,
      site: site.registration,
    })
    const results: StepReport[] = []
    for (const step of wanted) {
      const report = await runStep(step, site, running)
      console.log(
        `  ${MARKS[report.result].replaceAll('*', '')} ${step.name}${report.note === undefined ? '' : `: ${report.note}`}`,
      )
      results.push(report)
    }
    return { provider, results }
  } catch (error) {
    if (!(error instanceof NotAvailable)) throw error
    console.log(`  – ${error.message}`)
    return { provider, results: [], notAvailable: error.message }
  } finally {
    await running?.close()
    await site.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runStep(
  step: Step,
  site: InteropSite,
  provider: RunningProvider,
): Promise<StepReport> {
  const { unsupported, notRun } = provider
  for (const [result, reasons] of Object.entries({ unsupported, notRun })) {
    const note = step.needs === undefined ? undefined : reasons?.[step.needs]
    if (note !== undefined) return { step: step.name, result: result as 'unsupported', note }
  }
  const contexts: Awaited<ReturnType<Browser['newContext']>>[] = []
  try {
    await step.run({
      site,
      provider,
      async openPage() {
        const context = await chromium.newContext({ ignoreHTTPSErrors: true })
        context.setDefaultTimeout(10_000)
        contexts.push(context)
        return context.newPage()
      },
    })
    return { step: step.name, result: 'passed' }
  } catch (error) {
    return {
      step: step.name,
      result: 'failed',
      note: (error as Error).message.split('\n').slice(0, 6).join(' '),
    }
  } finally {
    await Promise.all(contexts.map((context) => context.close()))
  }
}
