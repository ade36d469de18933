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

const RESULTS: Readonly<Record<string, string>> = { PASSED: '', SKIPPED: ' Rejected, allowed.' }

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

The [conformance suite](https://openid.net/certification/about-conformance-suite/) of the OpenID Foundation certifies applications that sign
users in. Each of its modules plays a provider that is correct or wrong in one way, and checks how the application reacts.

> **We never ran the suite itself, and \`identity-web\` is not certified.** The suite needs Java, Maven and MongoDB, so our tests
> play every module below instead. The results are ours: the OpenID Foundation did not check them.

## How we run the modules

\`npm run -C maintain conformance\` runs ${plans.flatMap(({ modules }) => modules).length} modules, ${runs.length} of them from certification profiles, and writes this page. An Express application
with the same settings for all modules signs in at a [small OpenID
provider](../../packages/identity-web/test/support/scripted-provider), which does not share code with \`identity-web\`. A simple browser
follows redirects, posts forms and loads iframes.

A module passes if the provider received the requests that the suite expects, and no other request. The test also checks the page that the
user gets, and whether the user is signed in. "Rejected, allowed" means that the application rejected a response that it may also
accept. The suite skips such a module. **Every other module of this page passed**, unless its line says that it failed. The names of all modules start with \`oidcc-client-test\`, which this page
writes as \`…\`, and each line says what the application does.

## Certification profiles

${certified.map((plan) => toSection(plan)).join('\n\n')}

## More modules

The suite has these plans too, but they are not certification profiles.

${others.map((plan) => toSection(plan)).join('\n\n')}

## Modules that we do not run

| module | reason |
| --- | --- |
${others.flatMap(({ without = {} }) => Object.entries(without).map(([name, reason]) => `| \`${shortOf(name)}\` | ${reason} |`)).join('\n')}

The plans for the implicit flow, the hybrid flow and dynamic registration are not in this list, because \`identity-web\`
supports the code flow and registered applications only.

## Services and systems that we never used

All our tests run on one machine with Chromium on Linux and without a cloud account, so these were never part of a run: a tenant of Entra
ID, External ID or Azure AD B2C, AD FS, and App Service (the development provider [copies their
behavior](../../packages/dev-provider/docs/behavior.md)), the registration of an MCP server in a tenant, the services of other providers
such as Auth0 (we run [independent providers](../providers.md#providers-that-we-run) instead), cloud platforms such as Azure, AWS,
Cloudflare and Vercel, and Safari, Firefox, Windows and macOS.

## Run the suite

[Start the suite](https://gitlab.com/openid/conformance-suite/-/wikis/Developers/Build-&-Run), and run the same plans there. A local suite
has a self-signed certificate, which Node.js accepts only with this variable:

\`\`\`sh
NODE_TLS_REJECT_UNAUTHORIZED=0 npm run -C maintain conformance -- --suite https://localhost.emobix.co.uk:8443 --report results.md
\`\`\`

The program starts the application, creates each plan through the REST API of the suite, opens the pages in Chromium, and prints the
results. It ends with the status 1 if a module fails. We tested it with a
[stand-in of the API](../../packages/identity-web/test/conformance/suite/stand-in.ts), but never at the suite.

- \`--plan NAME\`: only plans with this text in their name. You can repeat it.
- \`--port NUMBER\`, \`--app ORIGIN\`: the port of the application (\`3000\`), and its origin behind a proxy for HTTPS.
- \`--wait SECONDS\`: the time that the suite waits for a request that must not come (\`5\`).
- \`--report FILE\`: writes the results as a table in Markdown.

If the suite requires an API token, set \`CONFORMANCE_TOKEN\`. The back-channel plan needs an application that the suite can reach.`)

function toSection(plan: ConformancePlan): string {
  const rows = rowsOf(plan)
  const first = plans.find((other) => rowsOf(other) === rows) ?? plan
  return `### ${plan.profile}

Plan: \`${plan.name}\`

${first === plan ? rows : `The modules of ${first.profile}, with the same results.`}`
}

function rowsOf({ name, modules }: ConformancePlan): string {
  return modules.map((module) => toRow(name, module)).join('\n')
}

function shortOf(name: string): string {
  return name.replace('oidcc-client-test', '…')
}

function toRow(plan: string, { name, checks }: ConformanceModule): string {
  const result = results.get(`${plan} ${name}`) ?? 'FAILED'
  return `- \`${shortOf(name)}\`: ${shortened(checks)}${RESULTS[result] ?? ' **Failed.**'}`
}

/** A sentence without its subject, which is the same in all lines. */
function shortened(sentence: string): string {
  return sentence.replace(/^The application (.)/, (_, first: string) => first.toUpperCase())
}
