import { RenderMode, type ServerRoute } from '@angular/ssr'

// A page that is rendered in advance cannot know the visitor, so the server renders all of them.
export const serverRoutes: ServerRoute[] = [
  { path: 'forbidden', renderMode: RenderMode.Server, status: 403 },
  { path: '**', renderMode: RenderMode.Server },
]
