declare module 'koa-mount' {
  import type Koa from 'koa'

  /** Serves an application, or runs a middleware, below a path. */
  export default function mount(path: string, app: Koa | Koa.Middleware): Koa.Middleware
}
