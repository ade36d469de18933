import { type ApplicationConfig, mergeApplicationConfig } from '@angular/core'
import { provideServerRendering, RenderMode, type ServerRoute, withRoutes } from '@angular/ssr'
import { appConfig } from './app.config'

// A page that is rendered in advance cannot know the visitor, so the server renders all of them.
const serverRoutes: ServerRoute[] = [
  { path: 'forbidden', renderMode: RenderMode.Server, status: 403 },
  { path: '**', renderMode: RenderMode.Server },
]

const serverConfig: ApplicationConfig = {
  providers: [provideServerRendering(withRoutes(serverRoutes))],
}

export const config = mergeApplicationConfig(appConfig, serverConfig)
