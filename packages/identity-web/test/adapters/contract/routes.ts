import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import type { Bench } from './bench.ts'

interface Listed {
  readonly method: string
  readonly path: string
}

async function routesAt(origin: string, paths: readonly string[]): Promise<readonly Listed[]> {
  const { status, text } = await new Browser().script(`${origin}/routes`)
  expect(status).toBe(200)
  const all = JSON.parse(text) as readonly Listed[]
  return all
    .filter(({ path }) => paths.includes(path))
    .toSorted((one, other) => one.path.localeCompare(other.path))
}

export function routes({ behaves }: Bench): void {
  behaves('routes() lists guarded routes with their requirements', ['routes'], ({ on }) =>
    on({}, async ({ origin }) => {
      const paths = ['/approvers', '/middleware', '/api/todos', '/either', '/echo', '/user', '/']

      expect(await routesAt(origin, paths)).toEqual([
        { method: 'GET', path: '/', guard: 'loginRequired', requirement: {} },
        {
          method: 'GET',
          path: '/api/todos',
          guard: 'authorizationRequired',
          requirement: { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] },
        },
        {
          method: 'GET',
          path: '/approvers',
          guard: 'loginRequired',
          requirement: { roles: ['Todos.Approver'] },
        },
        { method: 'POST', path: '/echo', guard: 'loginRequired', requirement: {} },
        {
          method: 'ALL',
          path: '/either',
          guard: 'orBearer',
          requirement: { authorization: { scopes: ['Todos.Read'] } },
        },
        { method: 'ALL', path: '/middleware', guard: 'loginRequired', requirement: {} },
      ])
    }),
  )

  behaves('routes() lists stand-alone guards', ['routes', 'standalone'], ({ on }) =>
    on({}, async ({ origin }) => {
      expect(await routesAt(origin, ['/standalone'])).toEqual([
        { method: 'GET', path: '/standalone', guard: 'loginRequired', requirement: {} },
      ])
    }),
  )
}
