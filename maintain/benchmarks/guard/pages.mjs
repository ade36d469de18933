import { pageFor, sendPage } from '../server/serve.mjs'

// The pages of a framework by path: one of JSON, one of text and one of HTML. All its servers send them in the same way, and
// differ only in how they find the name of the user.

/** The user of a bare server. */
export const NAME = 'Alexandra Rivera-Lindqvist 00001'

export const EXPRESS_PAGES = {
  '/': sendPage,
  '/text': (res, name) => res.type('text').send(textFor(name)),
  '/html': (res, name) => res.type('html').send(htmlFor(name)),
}

export const FASTIFY_PAGES = {
  '/': (reply, name) => reply.send(pageFor(name)),
  '/text': (reply, name) => reply.type('text/plain').send(textFor(name)),
  '/html': (reply, name) => reply.type('text/html').send(htmlFor(name)),
}

export const KOA_PAGES = {
  '/': (ctx, name) => {
    ctx.body = pageFor(name)
  },
  '/text': (ctx, name) => {
    ctx.body = textFor(name)
  },
  // Koa finds the type.
  '/html': (ctx, name) => {
    ctx.body = htmlFor(name)
  },
}

export const NESTJS_PAGES = {
  '/': { contentFor: pageFor },
  '/text': { type: 'text/plain', contentFor: textFor },
  '/html': { type: 'text/html', contentFor: htmlFor },
}

export const HONO_PAGES = {
  '/': (c, name) => c.json(pageFor(name)),
  '/text': (c, name) => c.text(textFor(name)),
  '/html': (c, name) => c.html(htmlFor(name)),
}

const HTML = { headers: { 'Content-Type': 'text/html; charset=utf-8' } }

const FETCH_PAGES = {
  '/': (name) => Response.json(pageFor(name)),
  '/text': (name) => new Response(textFor(name)),
  '/html': (name) => new Response(htmlFor(name), HTML),
}

/** Returns the page of a request, for servers without a router. */
export function fetchPageOf({ url }) {
  return FETCH_PAGES[url.slice(url.indexOf('/', 'https://'.length))]
}

function textFor(name) {
  return `Hello, ${name}`
}

function htmlFor(name) {
  return `<!doctype html><title>Hello</title><p>Hello, ${name}</p>`
}
