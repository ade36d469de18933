import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo'
import { Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { IdentityModule } from 'identity-web/nestjs'
import { MeResolver } from './me.resolver.js'
import { PageController } from './page.controller.js'

@Module({
  imports: [
    // The settings are variables: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI and
    // IDENTITY_SESSION_SECRET. The sign-in requests no scopes. The query displayName requests the consent when it is needed.
    IdentityModule.forRoot({ isGlobal: true, auth: { scopes: [] } }),
    GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true }),
  ],
  controllers: [PageController],
  providers: [MeResolver],
})
export class AppModule {}
