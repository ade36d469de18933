import { expect, test } from 'vitest'
import { FRAMEWORKS, type FrameworkName } from '../src/frameworks.js'
import { createFiles } from '../src/project/create-files.js'

/** A newcomer reads them all. */
const LIMIT = 120
/** The limit of the projects in `LONGER`. */
const HIGHER_LIMIT = 170

/**
 * Projects that are above the limit. In TanStack Start, each page has a server function, a route and a component, and the data of a page
 * crosses to the browser. Angular has two programs, with an API between them. Remove a name when its project has become shorter.
 */
const LONGER = new Set<FrameworkName>(['tanstack-start', 'angular', 'angular-spa'])

/** Tests, settings of tools, types, pictures and styles. The next list has the other files that are not counted. */
const OTHER = /^test\/|^\.|\.(?:config|conf|d)\.\w+$|\.(?:json|ya?ml|md|svg|css)$/

/** Files that the generator of the framework writes in the same way. */
const GENERATED: Readonly<Partial<Record<FrameworkName, readonly string[]>>> = {
  angular: ['src/main.ts', 'src/main.server.ts'],
  'angular-spa': ['src/main.ts'],
  // The list of the routes.
  'react-router': ['app/routes.ts'],
}

const INDEX_HTML = `
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<base href="/" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
</head>
<body>
<app-root></app-root>
</body>
</html>`

/**
 * Lines of other files that the generator writes too, without its semicolons and with our quotes. The generators are `ng new --ssr` of
 * Angular 22.2.0, the default template of create-react-router 8.4.0, and `create --blank` of @tanstack/cli 0.71.0.
 */
const GENERATED_LINES: Readonly<Partial<Record<FrameworkName, Readonly<Record<string, string>>>>> =
  {
    angular: {
      'src/index.html': INDEX_HTML,
      'src/app/app.config.server.ts': "import { appConfig } from './app.config'",
      'src/server.ts': `
import {
AngularNodeAppEngine,
createNodeRequestHandler,
isMainModule,
writeResponseToNodeResponse,
} from '@angular/ssr/node'
import express from 'express'
import { join } from 'node:path'
const browserDistFolder = join(import.meta.dirname, '../browser')
const app = express()
const angularApp = new AngularNodeAppEngine()
export const reqHandler = createNodeRequestHandler(app)`,
    },
    'angular-spa': { 'src/index.html': INDEX_HTML },
    'react-router': {
      'app/root.tsx': `
import {
isRouteErrorResponse,
Links,
Meta,
Scripts,
} from 'react-router'
import type { Route } from './+types/root'
export function Layout({ children }: { children: React.ReactNode }) {
<html lang="en">
<head>
<meta charSet="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<Meta />
<Links />
</head>
<body>
<Scripts />
</body>
</html>
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {`,
    },
    'tanstack-start': {
      'src/router.tsx': `
import { routeTree } from './routeTree.gen'
export function getRouter() {
routeTree,
scrollRestoration: true,
})
}
declare module '@tanstack/react-router' {
interface Register {
router: ReturnType<typeof getRouter>`,
      'src/routes/__root.tsx': `
export const Route = createRootRoute({
shellComponent: RootDocument,
function RootDocument({ children }: { children: React.ReactNode }) {
<html lang="en">
<head>
<HeadContent />
</head>
<body>
<Scripts />
</body>
</html>`,
    },
  }

/** Comments of TypeScript, JSX and HTML that have their own lines. */
const COMMENTS = /^\s*(?:\/\/.*|\{?\/\*[^]*?\*\/\}?|<!--[^]*?-->)$/gm

/** Returns the lines of a project for Entra ID that are neither blank nor comments, by file. */
function codeOf(framework: FrameworkName): Map<string, string[]> {
  const choice = {
    name: 'shop',
    tenant: 'entra-id',
    store: 'cookies',
    packageManager: 'npm',
  } as const
  const { claims } = FRAMEWORKS[framework]
  // All projects share the functions for claims.
  const others = new Set([claims, ...(GENERATED[framework] ?? [])])
  const files = createFiles({ ...choice, framework }, '1.2.3').filter(
    ({ path }) => !OTHER.test(path) && !others.has(path),
  )
  return new Map(files.map(({ path, text }) => [path, trimmedLines(text.replaceAll(COMMENTS, ''))]))
}

function generatedLines(framework: FrameworkName, path: string): string[] {
  return trimmedLines(GENERATED_LINES[framework]?.[path] ?? '')
}

function trimmedLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

test.for(Object.keys(FRAMEWORKS) as FrameworkName[])(
  `a project with %s has at most ${LIMIT} lines of application code`,
  (framework) => {
    const own = [...codeOf(framework)].flatMap(([path, lines]) => {
      const generated = new Set(generatedLines(framework, path))
      return lines.filter((line) => !generated.has(line))
    })

    expect(own.length).toBeGreaterThan(LIMIT / 3)
    expect(own.length).toBeLessThanOrEqual(HIGHER_LIMIT)
    const lines = own.length
    expect({ lines, isLonger: lines > LIMIT }).toEqual({ lines, isLonger: LONGER.has(framework) })
  },
)

test.for(Object.entries(GENERATED_LINES))(
  'the project with %s contains each line of its list',
  ([framework, files]) => {
    const code = codeOf(framework as FrameworkName)

    for (const path of Object.keys(files))
      expect(code.get(path)).toEqual(
        expect.arrayContaining(generatedLines(framework as FrameworkName, path)),
      )
  },
)
