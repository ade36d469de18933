// Prints docs/evidence/conformance.md from the results of profiles.test.ts. `npm run -C maintain conformance` runs it.
import { readFileSync } from 'node:fs'
import type { ConformanceModule, ConformancePlan } from './module.ts'
import { plans } from './plans.ts'

/** The parts of Vitest's JSON report that the page needs. */
interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly meta?: { readonly conformance?: string }
    }[]
  }[]
}

const RESULTS: Readonly<Record<string, string>> = { PASSED: 'passed', SKIPPED: 'rejected, allowed' }

const { testResults } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as VitestReport
const results = new Map(
  testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ ancestorTitles, title, meta }) => [`${ancestorTitles[0]} ${title}`, meta?.conformance]),
)
const certified = plans.filter(({ isCertified }) => isCertified)
const others = plans.filter(({ isCertified }) => !isCertified)
const runs = certified.flatMap(({ modules }) => modules)

console.log(`# Conformance to OpenID Connect

<!-- \`npm run -C maintain conformance\` writes this page. Change packages/identity-web/test/conformance instead. -->

The OpenID Foundation certifies applications that sign users in (relying parties). Its
[conformance suite](https://openid.net/certification/about-conformance-suite/) has a plan with modules for each certification
profile. Each module plays a provider that is correct or wrong in one way, and checks how the application reacts.

> **We never ran the suite itself, and \`identity-web\` is not certified.** The suite needs Java, Maven and MongoDB, so our tests
> play every module below instead. The results are ours: the OpenID Foundation did not check them.

## How we run the modules

\`npm run -C maintain conformance\` runs ${plans.flatMap(({ modules }) => modules).length} modules, ${runs.length} of them from certification profiles, and writes this page. Each run has three
parts:

- **The application**: an Express application with \`identity-web\`, over HTTP. Its settings are the same for all modules.
- **The provider**: a [small OpenID provider](../../packages/identity-web/test/support/scripted-provider) that behaves as the
  module says, and does not share code with \`identity-web\`.
- **The user**: a simple browser that follows redirects, posts forms and loads iframes.

A module passes if the provider received the requests that the suite expects, and no other request. The test also checks what
the suite cannot see: the page that the user gets, and whether the user is signed in afterwards. The result "rejected,
allowed" means that the application rejected a response that it may accept or reject. The suite skips such a module.

## Certification profiles

${certified.map((plan) => toSection(plan)).join('\n\n')}

## More modules

The suite has these plans too, but they are not certification profiles.

${others.map((plan) => toSection(plan)).join('\n\n')}

## Modules that we do not run

| module | reason |
| --- | --- |
${others.flatMap(({ without = {} }) => Object.entries(without).map(([name, reason]) => `| \`${name}\` | ${reason} |`)).join('\n')}

The plans for the implicit flow, the hybrid flow and dynamic registration are not in this list, because \`identity-web\`
supports the code flow and registered applications only.

## Services and systems that we never used

All our tests run on one machine and without a cloud account, so these services and systems were never part of a run:

- **Microsoft's services**: a tenant of [Entra ID](../entra-id.md), [External ID](../external-id.md) or
  [Azure AD B2C](../azure-ad-b2c.md), a server with [AD FS](../ad-fs.md), and the sign-in of [App Service](../easy-auth.md). Our
  tests use the development provider instead, which [copies their behavior](../../packages/dev-provider/docs/behavior.md).
  We did not try the [registration of an MCP server](../mcp-registration.md) in a tenant either.
- **The services of other providers**, such as Auth0, Okta and Google. We wrote the steps for these services from their
  documentation, but we run several [independent providers](../providers.md#providers-that-we-run) on our own machine.
- **Cloud platforms**, such as Azure, AWS, Cloudflare and Vercel. Functions and workers of the guide
  [Serverless platforms](../serverless.md) ran only on our own machine.
- **Safari, Firefox, Windows and macOS**, because our tests use Chromium on Linux.

## Run the suite

With Chromium and a running suite, you can run the same plans at the real suite.

1. Start the suite as [its documentation](https://gitlab.com/openid/conformance-suite/-/wikis/Developers/Build-&-Run) says.
2. Run this command. A local suite has a self-signed certificate, which Node.js accepts only with this variable.

   \`\`\`sh
   NODE_TLS_REJECT_UNAUTHORIZED=0 npm run -C maintain conformance -- --suite https://localhost.emobix.co.uk:8443 --report results.md
   \`\`\`

The program starts the application, creates each plan through the REST API of the suite, opens the pages in Chromium, and
prints the result of each module. It ends with the status 1 if a module fails.

| option | purpose | default |
| --- | --- | --- |
| \`--suite URL\` | the suite | – |
| \`--plan NAME\` | only plans with this text in their name. You can repeat it. | all plans of this page |
| \`--port NUMBER\` | the port of the application | \`3000\` |
| \`--app ORIGIN\` | the origin of the application, if a proxy for HTTPS is in front of it | \`http://localhost:3000\` |
| \`--wait SECONDS\` | the time that the suite waits for a request that must not come | \`5\` |
| \`--report FILE\` | writes the results as a table in Markdown | – |

Set the variable \`CONFORMANCE_TOKEN\` to your API token if the suite requires one. The back-channel plan needs an
application that the suite can reach. We tested the program with a
[stand-in of the API](../../packages/identity-web/test/conformance/suite/stand-in.ts), but never at the suite.`)

function toSection({ name, profile, modules }: ConformancePlan): string {
  return `### ${profile}

Plan: \`${name}\`

| module | check | result |
| --- | --- | --- |
${modules.map((module) => toRow(name, module)).join('\n')}`
}

function toRow(plan: string, { name, checks }: ConformanceModule): string {
  const result = results.get(`${plan} ${name}`) ?? 'FAILED'
  return `| \`${name}\` | ${checks} | ${RESULTS[result] ?? '**failed**'} |`
}
