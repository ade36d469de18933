import { serve } from '../../server/serve.mjs'
import { guardWithFastJwt } from './fast-jwt-verifier.mjs'

serve((app, setup) => app.get('/', guardWithFastJwt(setup, { cache: true })))
