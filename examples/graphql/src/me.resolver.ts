import { Query, Resolver } from '@nestjs/graphql'
import { CurrentUser, IdentityContext, LoginRequired, type TokenContext } from 'identity-web/nestjs'

@Resolver()
export class MeResolver {
  @Query(() => String)
  @LoginRequired()
  hello(@CurrentUser('name') name: string): string {
    return `Hello, ${name}`
  }

  @Query(() => String)
  @LoginRequired({ scopes: ['User.Read'] })
  async displayName(@IdentityContext() context: TokenContext): Promise<string> {
    const response = await context.fetch('/me')
    return ((await response.json()) as { displayName: string }).displayName
  }

  @Query(() => String)
  @LoginRequired({ roles: ['Reports.Read'] })
  report(): string {
    return 'The report'
  }
}
