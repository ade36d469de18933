import { Controller, Get, Inject, Module, Req } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  Auth,
  CurrentUser,
  IdentityContext,
  IdentityModule,
  LoginRequired,
  type Claims,
  type PlatformRequest,
  type TokenContext,
} from 'identity-web/nestjs'
import { apiPage, claimsPage } from '../../pages.ts'

@Controller()
class PagesController {
  readonly #auth: Auth

  // tsx, which runs this example, does not emit the types of parameters, so `@Inject()` is required. With the compiler of
  // Nest it is optional.
  constructor(@Inject(Auth) auth: Auth) {
    this.#auth = auth
  }

  @Get()
  @LoginRequired()
  async home(@CurrentUser() user: Claims, @Req() request: PlatformRequest): Promise<string> {
    const links = {
      callApi: process.env['IDENTITY_SCOPE'] ? '/call_api' : undefined,
      // Only Azure AD B2C allows users to edit their profile.
      editProfile: await this.#auth.getEditProfileUrl(request),
      signOut: this.#auth.paths.logout,
    }
    return claimsPage(user, links)
  }

  @Get('call_api')
  @LoginRequired({ scopes: process.env['IDENTITY_SCOPE'] || 'User.Read' })
  async callApi(@IdentityContext() context: TokenContext): Promise<string> {
    // Without API_URL, it calls Microsoft Graph.
    const response = await context.fetch(process.env['API_URL'] || '/me')
    return apiPage(context.claims, this.#auth.paths.logout, response)
  }
}

// The environment contains all settings of the sign-in: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
@Module({
  // The sign-in does not request scopes. The page /call_api requests the consent to IDENTITY_SCOPE when it is needed.
  imports: [IdentityModule.forRoot({ auth: { scopes: [] } })],
  controllers: [PagesController],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })
const port = Number(process.env['PORT'] ?? 3000)
await app.listen(port)
console.log(`The example listens at http://localhost:${port}`)
