import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

// Angular 20 compiles with TypeScript 5.8, and Angular 22 with 6.0. A library can use older and newer compilers for its types.
const COMPILERS = ['typescript56', 'typescript', 'typescript7']

const PROGRAM = `
import { provideHttpClient, withInterceptors } from '@angular/common/http'
import type { ApplicationConfig } from '@angular/core'
import { provideRouter, type Routes } from '@angular/router'
import { identityInterceptor, injectExpiring, injectSession, LoginRequired, provideIdentity, signedIn } from 'identity-web/angular'

declare module 'identity-web/browser' {
  interface Register {
    sessionView: (user: object) => { readonly name: string; readonly isAdmin: boolean }
  }
}
const isAdmin = signedIn({ allow: (user) => user.isAdmin, otherwise: '/forbidden' })
export const routes: Routes = [
  { path: 'admin', children: [], canActivate: [isAdmin], canActivateChild: [isAdmin], canMatch: [isAdmin] },
]
export const config: ApplicationConfig = {
  providers: [
    provideRouter(routes),
    provideHttpClient(withInterceptors([identityInterceptor])),
    provideIdentity({ onLoginRequired: 'redirect' }),
  ],
}
export class Account {
  readonly session = injectSession()
  readonly seconds: number | undefined = injectExpiring({ secondsBefore: 120 })()?.secondsLeft
  readonly name: string | undefined = this.session.user()?.name
  // @ts-expect-error -- The session view does not have it. If the types were any, this would not be an error.
  readonly wrong = this.session.user()?.email
  handle = (error: unknown) =>
    error instanceof LoginRequired && this.session.login({ loginUrl: error.loginUrl })
}
`

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const project = `${root}.artifacts/angular-types/`

beforeAll(() => {
  rmSync(project, { recursive: true, force: true })
  const copy = `${project}node_modules/identity-web/`
  mkdirSync(copy, { recursive: true })
  for (const entry of ['package.json', 'dist'])
    cpSync(fileURLToPath(new URL(`../../${entry}`, import.meta.url)), copy + entry, {
      recursive: true,
    })
  writeFileSync(`${project}program.ts`, PROGRAM)
  writeFileSync(`${project}package.json`, '{ "type": "module" }')
  const compilerOptions = {
    module: 'preserve',
    target: 'es2022',
    strict: true,
    noEmit: true,
    // declarations.test.ts checks the declarations of the package themselves.
    skipLibCheck: true,
    types: ['node'],
  }
  writeFileSync(
    `${project}tsconfig.json`,
    JSON.stringify({ compilerOptions, files: ['program.ts'] }),
  )
})

test.for(COMPILERS)('an Angular application compiles with %s', { timeout: 120_000 }, (compiler) => {
  const tsc = `${root}node_modules/${compiler}/bin/tsc`
  const { stdout } = spawnSync(process.execPath, [tsc], { cwd: project, encoding: 'utf8' })

  expect(stdout).toBe('')
})
