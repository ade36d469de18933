import { mergeApplicationConfig } from '@angular/core'
import { provideServerRendering, RenderMode, withRoutes } from '@angular/ssr'
import { appConfig } from './app.config'

// A page that is rendered in advance cannot know the visitor, so the server renders all of them.
const serverRoutes = withRoutes([
  { path: 'forbidden', renderMode: RenderMode.Server, status: 403 },
  { path: '**', renderMode: RenderMode.Server },
])

export const config = mergeApplicationConfig(appConfig, {
  providers: [provideServerRendering(serverRoutes)],
})
