import type { DynamicModule } from '@nestjs/common'
import { RouterModule } from '@nestjs/core'
import type { FastifyInstance } from 'fastify'
import { Auth, IdentityModule } from 'identity-web/nestjs'
import type { ContractOptions, StartHost } from '../contract/bench.ts'
import { addForwards } from '../hosts/forwards.ts'
import { AnswerAll, PLATFORMS, moduleNamed, setOwn, startNest } from './host.ts'
import { McpPages } from './mcp-pages.ts'
import { Api, Challenges, OwnRoutes, Pages } from './pages.ts'

/** The pages of the contract as controllers of Nest. */
export function startOn(platform: string): StartHost {
  return (optionsFor, { prefixes, parsesBodies, ownRoutes }) => {
    const adapter = PLATFORMS[platform]!()
    const [prefix, ...others] = prefixes
    const controllers = [Pages, Challenges, Api, McpPages, ...(ownRoutes ? [OwnRoutes] : [])]
    // One application has one prefix for all its routes; several prefixes are parts of it, with separate users.
    const given: ContractOptions[] = []
    const root = (origin: string): DynamicModule => {
      given.push(...prefixes.map((path) => optionsFor(origin, path)))
      const parts = prefixes.map((path) => ({
        module: moduleNamed(`Part at ${path}`),
        imports: [IdentityModule.forRoot(pick(optionsFor(origin, path)))],
        controllers,
      }))
      const paths = parts.map(({ module }, index) => ({ path: prefixes[index]!, module }))
      const isDivided = others.length > 0
      return {
        module: moduleNamed('Root'),
        imports: isDivided ? [...parts, RouterModule.register(paths)] : parts,
      }
    }
    return startNest({
      adapter,
      root,
      bodyParser: parsesBodies,
      prepare(app) {
        const [options] = given
        if (options?.forwards !== undefined) addForwards(app.get(Auth, { strict: false }), options)
        app.use(setOwn)
        app.useGlobalFilters(new AnswerAll(adapter))
        if (prefix !== undefined && others.length === 0) app.setGlobalPrefix(prefix)
        if (platform === 'Fastify' && !parsesBodies) leaveForms(adapter.getInstance())
      },
    })
  }
}

const pick = ({
  auth,
  api,
  mcp,
}: ContractOptions): Pick<ContractOptions, 'auth' | 'api' | 'mcp'> => ({ auth, api, mcp })

/** Fastify refuses what it has no parser for. */
function leaveForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => {
    done(null)
  })
}
