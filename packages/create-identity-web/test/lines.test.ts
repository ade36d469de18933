import { expect, test } from 'vitest'
import { FRAMEWORKS, type FrameworkName } from '../src/frameworks.js'
import { createFiles } from '../src/project/create-files.js'

/** A newcomer reads them all. */
const LIMIT = 125
/** Tests, settings of tools, types, pictures and styles. The next list has the other files that are not counted. */
const OTHER = /^test\/|^\.|\.(?:config|conf|d)\.\w+$|\.(?:json|ya?ml|md|svg|css)$/

/** Files that the generator of the framework writes in the same way. */
const GENERATED: Readonly<Partial<Record<FrameworkName, readonly string[]>>> = {
  angular: ['src/main.ts', 'src/main.server.ts', 'src/app/app.config.server.ts'],
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

/** The lines of a component that `ng generate component --inline-template` and `ng new --inline-template` write. */
const component = (name: string, selector: string): string => `
@Component({
${selector}
template: \`
\`,
})
export class ${name}`
const PAGES = [
  "import { Component } from '@angular/core'",
  component('Home {}', "selector: 'app-home',"),
  component('Account {', "selector: 'app-account',"),
  component('CallApi {', "selector: 'app-call-api',"),
  component('Admin {', "selector: 'app-admin',"),
  component('Forbidden {}', "selector: 'app-forbidden',"),
  '}',
].join('\n')
const APP = `${component('App {', "selector: 'app-root',")}\n}`

/** The lines that the router of TanStack Start writes into each new file of a route, while `npm run dev` runs. */
const route = (path: string): string => `
import { createFileRoute } from '@tanstack/react-router'
export const Route = createFileRoute('${path}')({
component: RouteComponent,
})
function RouteComponent() {
}`

/**
 * Lines of other files that the generator writes too, without its semicolons and with our quotes. The generators are `ng new --ssr` and
 * `ng generate component` of Angular 22.2.0, the default template of create-react-router 8.4.0, `create --blank` of @tanstack/cli 0.71.0,
 * which writes `start.ts` with an add-on for sign-in, and @tanstack/router-generator 1.168.0 (`src/template.ts`).
 */
const GENERATED_LINES: Readonly<Partial<Record<FrameworkName, Readonly<Record<string, string>>>>> =
  {
    angular: {
      'src/index.html': INDEX_HTML,
      'src/app/app.ts': APP,
      'src/app/pages.ts': PAGES,
      'src/app/app.routes.server.ts': `
export const serverRoutes: ServerRoute[] = [
]`,
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
    'angular-spa': {
      'src/index.html': INDEX_HTML,
      'src/app/app.ts': APP,
      'src/app/pages.ts': PAGES,
    },
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
      'src/start.ts': `
const csrfMiddleware = createCsrfMiddleware({
filter: (context) => context.handlerType === 'serverFn',
})
export const startInstance = createStart(() => ({
}))`,
      'src/routes/index.tsx': `
import { createFileRoute } from '@tanstack/react-router'
export const Route = createFileRoute('/')({ component: Home })
function Home() {
return (
)
}`,
      'src/routes/account.tsx': route('/account'),
      'src/routes/admin.tsx': route('/admin'),
      'src/routes/call_api.tsx': route('/call_api'),
      'src/routes/photo.ts': "import { createFileRoute } from '@tanstack/react-router'",
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
    expect(own.length).toBeLessThanOrEqual(LIMIT)
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
