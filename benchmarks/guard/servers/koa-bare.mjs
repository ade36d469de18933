import { pageFor } from '../../server/serve.mjs'
import { serveKoa } from '../serve-koa.mjs'

serveKoa(() => (ctx) => {
  ctx.body = pageFor('Alexandra Rivera-Lindqvist 00001')
})
