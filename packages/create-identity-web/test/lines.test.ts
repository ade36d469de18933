import { expect, test } from 'vitest'
import { FRAMEWORKS, type FrameworkName } from '../src/frameworks.js'
import { createFiles } from '../src/project/create-files.js'

/** A newcomer reads them all. */
const LIMIT = 120

/** Projects that are above the limit today. Remove a name when its project has become shorter. */
const LONGER = new Set<FrameworkName>(['tanstack-start', 'angular', 'angular-spa'])

/** Tests, settings of tools, types, pictures and styles. The next list has the other files that are not counted. */
const OTHER = /^test\/|^\.|\.(?:config|conf|d)\.\w+$|\.(?:json|ya?ml|md|svg|css)$/

/** Files that the generator of the framework writes in the same way. */
const GENERATED: Readonly<Partial<Record<FrameworkName, readonly string[]>>> = {
  angular: ['src/main.ts', 'src/main.server.ts'],
  'angular-spa': ['src/main.ts'],
  // The list of the routes.
  'react-router': ['app/routes.ts'],
  'tanstack-start': ['src/router.tsx'],
}

/** Comments of TypeScript, JSX and HTML that have their own lines. */
const COMMENTS = /^\s*(?:\/\/.*|\{?\/\*[^]*?\*\/\}?|<!--[^]*?-->)$/gm

/** Returns the number of lines of a project for Entra ID that are neither blank nor comments. */
function linesOf(framework: FrameworkName): number {
  const choice = {
    name: 'shop',
    tenant: 'entra-id',
    store: 'cookies',
    packageManager: 'npm',
  } as const
  const { claims } = FRAMEWORKS[framework]
  // All projects share the functions for claims.
  const others = new Set([claims, ...(GENERATED[framework] ?? [])])
  return createFiles({ ...choice, framework }, '1.2.3')
    .filter(({ path }) => !OTHER.test(path) && !others.has(path))
    .flatMap(({ text }) => text.replaceAll(COMMENTS, '').split('\n'))
    .filter((line) => line.trim() !== '').length
}

test.for(Object.keys(FRAMEWORKS) as FrameworkName[])(
  `a project with %s has at most ${LIMIT} lines of application code`,
  (framework) => {
    const lines = linesOf(framework)

    expect(lines).toBeGreaterThan(LIMIT / 3)
    expect({ lines, isLonger: lines > LIMIT }).toEqual({ lines, isLonger: LONGER.has(framework) })
  },
)
