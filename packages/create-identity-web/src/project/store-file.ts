import type { FrameworkName } from '../frameworks.js'

/** How a framework reads variables and recognizes a build, if not from `process.env`. */
interface Reader {
  readonly imports: string
  /** The expression for the variable `$1`. */
  readonly read?: string
  /** The expression that is true while the framework does not build. */
  readonly serves?: string
}

const READERS: Readonly<Partial<Record<FrameworkName, Reader>>> = {
  sveltekit: {
    imports: "import { building } from '$app/env'\nimport * as env from '$app/env/private'\n",
    read: 'env.$1',
    serves: '!building',
  },
  astro: { imports: "import { getSecret } from 'astro:env/server'\n", read: "getSecret('$1')" },
  // `ng build` runs the module of the server in worker threads, to find the routes.
  angular: {
    imports: "import { isMainThread } from 'node:worker_threads'\n",
    serves: 'isMainThread',
  },
}

/** The variables of a project. The others belong to the process. */
const OWN = /process\.env\['((?:DATABASE|REDIS)_URL|IDENTITY_\w+)'\]/g

/** How Next.js does it. */
const SERVES = "process.env['NEXT_PHASE'] !== 'phase-production-build'"

/** Returns the module with the store of the sessions, as a framework needs it. */
export function storeFile(text: string, framework: FrameworkName): string {
  const { imports = '', read, serves } = READERS[framework] ?? {}
  const own = read === undefined ? text : text.replaceAll(OWN, read)
  const served = serves === undefined ? own : own.replace(SERVES, serves)
  return imports + (framework === 'next' ? withSharedClient(served) : served)
}

/** Keeps the client of a project for Next.js on `globalThis`. */
function withSharedClient(text: string): string {
  const client = text.includes('type Client') ? 'Client' : 'Pool'
  return text
    .replace(
      /^const url = /m,
      `// Next.js loads this module again after each change, and once more for the proxy. All of them share one client.
const shared = globalThis as { sessionClient?: ${client} | undefined; sessionsOpen?: Promise<void> }
$&`,
    )
    .replace(/= (url\s+\?[^]*?: undefined)$/m, '= (shared.sessionClient ??= $1)')
    .replace(/await (open\(\w+\))/, 'await (shared.sessionsOpen ??= $1)')
}
