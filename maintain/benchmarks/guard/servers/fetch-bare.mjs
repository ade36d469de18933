import { fetchPageOf, NAME } from '../pages.mjs'
import { serveFetch } from '../serve-fetch.mjs'

serveFetch(() => ({ fetch: (request) => fetchPageOf(request)(NAME) }))
