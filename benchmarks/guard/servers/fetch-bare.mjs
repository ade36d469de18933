import { pageFor } from '../../server/serve.mjs'
import { serveFetch } from '../serve-fetch.mjs'

serveFetch(() => ({ fetch: () => Response.json(pageFor('Alexandra Rivera-Lindqvist 00001')) }))
