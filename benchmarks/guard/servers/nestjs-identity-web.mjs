import {
  CurrentUser,
  IdentityModule,
  LoginRequired,
} from '../../../packages/identity-web/dist/adapters/nestjs.js'
import { pageFor } from '../../server/serve.mjs'
import { decorateMethod, decorateParameters, serveNestjs } from '../serve-nestjs.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveNestjs(async ({ keptIn, ...setup }) => {
  const store = await startStore(keptIn)
  class PageController {
    page(user) {
      return pageFor(user.name)
    }
  }
  decorateParameters(PageController, 'page', [CurrentUser()])
  decorateMethod(PageController, 'page', [LoginRequired()])
  const imports = [IdentityModule.forRoot({ auth: authOptions(setup, { store }) })]
  return { PageController, imports }
})
