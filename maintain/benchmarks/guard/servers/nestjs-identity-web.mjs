import {
  CurrentUser,
  IdentityModule,
  LoginRequired,
} from '../../../../packages/identity-web/dist/adapters/nestjs/index.js'
import { serveNestjs } from '../serve-nestjs.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveNestjs(async ({ keptIn, ...setup }) => {
  const store = await startStore(keptIn)
  const imports = [IdentityModule.forRoot({ auth: authOptions(setup, { store }) })]
  return { imports, guards: [LoginRequired()], user: CurrentUser() }
})
