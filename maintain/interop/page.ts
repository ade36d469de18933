import type { InteropProvider } from './provider.ts'
import { steps } from './steps/index.ts'

/** The result of one step at one provider. */
export interface StepReport {
  readonly step: string
  readonly result: keyof typeof MARKS
  /** Why the step failed or did not run. */
  readonly note?: string
}

/** The results of one provider. */
export interface ProviderReport {
  readonly provider: InteropProvider
  readonly results: readonly StepReport[]
  /** Why the provider did not run. */
  readonly notAvailable?: string
}

/** The signs of the table. */
export const MARKS = { passed: '✓', failed: '**✗**', unsupported: '–', notRun: '○' } as const

/** Returns the part of docs/providers.md about the providers that ran. */
export function formatResults(reports: readonly ProviderReport[]): string {
  const ran = reports.filter(({ notAvailable }) => notAvailable === undefined)
  const missing = reports.filter(({ notAvailable }) => notAvailable !== undefined)
  return `## Providers that we run

\`npm run -C maintain interop\` starts independent providers on one machine. It runs the same steps at each provider, with Chromium and an Express
application. The application sets the issuer, the client ID and the secret, and the additional options of the table.

| provider | language | from | additional options |
| --- | --- | --- | --- |
${ran.map(({ provider: { name, language, source, needs } }) => `| ${name} | ${language} | ${source} | ${needs} |`).join('\n')}

${toTable(ran)}

- ✓ means that the step works.
- – means that the provider does not support the step.
- ○ means that the provider supports the step, but that the step does not run in this column.

The reasons for – and ○ are:

${toReasons(ran)}

${toMissing(missing)}
Keycloak, authentik, the server of ZITADEL, Ory Hydra and Dex are not packages of npm or Debian, so \`npm run -C maintain interop\`
cannot install them. Doorkeeper and zitadel/oidc are packages of Debian, but we do not run them yet.

## Steps

- **Silent sign-in**: a browser has a session at the provider, but not at the application. It signs in without a page.
- **Sign in by \`form_post\`**: the provider sends the authorization response in a POST request.
- **New authentication**: the user has a session at the provider, but must authenticate again. \`auth_time\` is the new time.
- **Wrong client secret**: the user gets an error page. The log contains \`clientCredential\` or \`clientAuthentication\`.
- **Refresh twice**: the access token expires twice. The application gets new tokens each time.
- **Five requests at once**: five requests of an expired session share one refresh. At Microsoft, a session can need a
  second refresh for an API.
- **Invalid refresh token**: the provider rejects the refresh token. The session ends, and the user can sign in again.
- **Forged ID token**: the network changes the ID token between the provider and the application. The sign-in fails.

For the reaction of \`identity-web\` to wrong providers, see [Conformance](evidence/conformance.md).
`
}

function toTable(ran: readonly ProviderReport[]): string {
  const names = ran.map(({ provider }) => provider.name)
  const rows = steps.map(({ name }) => {
    const marks = ran.map(({ results }) => {
      const report = results.find(({ step }) => step === name)
      return report === undefined ? '' : MARKS[report.result]
    })
    return `| ${[name, ...marks].join(' | ')} |`
  })
  return [
    `| ${['step', ...names].join(' | ')} |`,
    `| ${['---', ...names.map(() => '---')].join(' | ')} |`,
    ...rows,
  ].join('\n')
}

/** Returns why steps did not run. Each provider has a list, with one line for each reason. */
function toReasons(ran: readonly ProviderReport[]): string {
  return ran
    .map(({ provider, results }) => {
      const skipped = results.filter(
        ({ result }) => result === 'unsupported' || result === 'notRun',
      )
      const notes = new Set(skipped.map(({ note }) => note))
      const lines = [...notes].map((note) => {
        const names = skipped.filter((report) => report.note === note).map(({ step }) => step)
        return `  - ${names.join(', ')}: ${note}`
      })
      return [`- **${provider.name}**`, ...lines].join('\n')
    })
    .join('\n')
}

function toMissing(missing: readonly ProviderReport[]): string {
  if (missing.length === 0) return ''
  const lines = missing.map(
    ({ provider, notAvailable }) => `- ${provider.name} (${provider.source}): ${notAvailable}`,
  )
  return `### Providers that did not start in the last run\n\n${lines.join('\n')}\n`
}
