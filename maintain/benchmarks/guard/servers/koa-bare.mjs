import { NAME } from '../pages.mjs'
import { serveKoa } from '../serve-koa.mjs'

serveKoa(() => (send) => (ctx) => send(ctx, NAME))
