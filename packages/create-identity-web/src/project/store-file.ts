import type { FrameworkName } from '../frameworks.js'

/** How a framework reads variables, if it does not write those of `.env` to `process.env`. */
interface Reader {
  readonly imports: string
  /** The expression for the variable `$1`. */
  readonly read: string
}

const READERS: Readonly<Partial<Record<FrameworkName, Reader>>> = {
  sveltekit: {
    imports: "import { building } from '$app/env'\nimport * as env from '$app/env/private'\n",
    read: 'env.$1',
  },
  astro: { imports: "import { getSecret } from 'astro:env/server'\n", read: "getSecret('$1')" },
}

/** The variables of a project. The others belong to the process. */
const OWN = /process\.env\['((?:DATABASE|REDIS)_URL|IDENTITY_\w+)'\]/g

/** Returns the module with the store of the sessions, as a framework needs it. */
export function storeFile(text: string, framework: FrameworkName): string {
  const reader = READERS[framework]
  if (reader === undefined) return text
  return (
    reader.imports +
    text
      .replaceAll(OWN, reader.read)
      .replace("process.env['NEXT_PHASE'] !== 'phase-production-build'", '!building')
  )
}
